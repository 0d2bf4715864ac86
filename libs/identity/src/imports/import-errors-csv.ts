import { stringify } from 'csv-stringify/sync';
import type { ImportError } from './import.view.js';

/** Writes failed rows as CSV: row number, reasons, and the original cells. Reads them page by page. */
export async function* streamErrorsAsCsv(
  columns: readonly string[],
  loadPage: (afterRow: number) => Promise<readonly ImportError[]>,
): AsyncGenerator<string> {
  yield stringify([['row', 'reasons', ...columns]]);
  for (let after = 0; ;) {
    const errors = await loadPage(after);
    if (errors.length === 0) return;
    // Escapes cells that a spreadsheet would run as a formula.
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
