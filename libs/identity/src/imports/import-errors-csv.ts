import { formatCsvHeader, formatCsvRows } from '../csv/csv-writer.js';
import type { ImportError, ImportOptions } from './import.view.js';

const OWN_COLUMNS = ['row', 'reasons'];

/** Writes failed rows as CSV: row number, reasons, and the original cells. Reads them page by page. */
export async function* streamErrorsAsCsv(
  { columns, mapping }: Pick<ImportOptions, 'columns' | 'mapping'>,
  loadPage: (afterRow: number) => Promise<readonly ImportError[]>,
): AsyncGenerator<string> {
  // A file of corrected rows has these columns from its own import.
  const isOriginal = (column: string): boolean => !OWN_COLUMNS.includes(column) || Object.hasOwn(mapping, column);
  const original = columns.filter((column) => column !== '' && isOriginal(column));
  const own = OWN_COLUMNS.map((column) => (original.includes(column) ? `import_${column}` : column));
  yield formatCsvHeader([...own, ...original]);
  for (let after = 0; ;) {
    const errors = await loadPage(after);
    if (errors.length === 0) return;
    yield formatCsvRows(
      errors.map(({ row, reasons, record }) => [
        String(row),
        reasons.join('; '),
        ...original.map((column) => record[column] ?? ''),
      ]),
    );
    after = errors.at(-1)!.row;
  }
}
