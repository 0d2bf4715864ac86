import { stringify } from 'csv-stringify/sync';
import { escapeFormula } from './csv-formulas.js';

/** Spreadsheets read a file as UTF-8 only if it has a byte order mark. */
const BYTE_ORDER_MARK = '\ufeff';

/** The first line of a CSV file, with a byte order mark. */
export function formatCsvHeader(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + formatCsvRows([columns]);
}

/** Rows of a CSV file. Cells that a spreadsheet would run as a formula are escaped: see {@link escapeFormula}. */
export function formatCsvRows(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(escapeFormula)),
    { quoted_match: /\r/ },
  );
}
