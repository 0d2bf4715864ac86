import { stringify } from 'csv-stringify/sync';
import type { ImportError } from './import.view.js';

/** Rows as CSV: their number, the reasons, and the cells as they stood in the file; read page by page. */
export async function* streamErrorsAsCsv(
  columns: readonly string[],
  loadPage: (afterRow: number) => Promise<readonly ImportError[]>,
): AsyncGenerator<string> {
  yield stringify([['row', 'reasons', ...columns]]);
  for (let after = 0; ;) {
    const errors = await loadPage(after);
    if (errors.length === 0) return;
    // A cell that begins like a formula would be run by a spreadsheet.
    yield stringify(
      errors.map(({ row, reasons, record }) => [
        row,
        reasons.join('; '),
        ...columns.map((column) => record[column] ?? ''),
      ]),
      { escape_formulas: true },
    );
    after = errors.at(-1)!.row;
  }
}
