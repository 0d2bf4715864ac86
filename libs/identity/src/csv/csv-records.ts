import type { Readable } from 'node:stream';
import { toUSVString } from 'node:util';
import iconv from 'iconv-lite';
import type { DetectedEncoding } from './csv-encoding.js';
import { unescapeFormula } from './csv-formulas.js';
import { CsvRowReader, MAX_ROW_LENGTH, type CsvRow } from './csv-row-reader.js';

const DELIMITERS = [',', ';', '\t', '|'];
const MAX_COLUMNS = 500;
/** First line of a file that names the delimiter for Excel. */
const DELIMITER_LINE = /^"?sep=([^"\r\n])"?[ \t]*(\r\n|\n|\r|$)/i;
const MAX_DELIMITER_LINE_LENGTH = 32;

/** A file that is not CSV. The message names the problem. */
export class UnreadableCsvError extends Error {}

/** How to read a file. */
export interface CsvFormat extends DetectedEncoding {
  readonly delimiter: string;
}

/** A row of the file: its cells by column, and its position. */
export interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  /** Row number as in spreadsheets: the header is row 1, and empty rows are counted. */
  readonly row: number;
  /** Why the row cannot be imported; null if it can. */
  readonly fault: string | null;
  /** Number of bytes of the file that were read up to the row, or a little more. */
  readonly bytes: number;
}

/** Detects the delimiter and the columns from the start of a file. @throws UnreadableCsvError */
export function parseHeader(
  head: Buffer,
  encoding: DetectedEncoding['encoding'],
): { delimiter: string; header: string[] } {
  const text = iconv.decode(head, encoding);
  const [delimiterLine = '', named] = DELIMITER_LINE.exec(text) ?? [];
  const delimiter = named ?? detectDelimiter(text);
  const row = new CsvRowReader(delimiter).read(text, delimiterLine.length, true);
  const header = row ? toColumns(row.cells) : [];
  if (!header.some((name) => name !== '')) throw new UnreadableCsvError('the file does not start with a header line');
  if (row?.isUnclosed) throw new UnreadableCsvError('cannot parse the header line: a quote has no end');
  if (header.length > MAX_COLUMNS) throw new UnreadableCsvError(`the file has more than ${MAX_COLUMNS} columns`);
  const duplicate = header.find((name, index) => name !== '' && header.indexOf(name) !== index);
  if (duplicate !== undefined) throw new UnreadableCsvError(`the column "${duplicate}" occurs more than once`);
  return { delimiter, header };
}

/** The delimiter with the most columns in the header, and among these with the most cells in the next row. */
function detectDelimiter(text: string): string {
  const [best] = DELIMITERS.map((delimiter) => {
    const reader = new CsvRowReader(delimiter);
    const header = reader.read(text, 0, true)!;
    const next = reader.read(text, header.end, true)!;
    return { delimiter, columns: header.isUnclosed ? 0 : header.cells.length, cells: next.cells.length };
  }).sort((a, b) => b.columns - a.columns || b.cells - a.cells);
  return best!.delimiter;
}

function toColumns(cells: readonly string[]): string[] {
  return cells.map((name) => toStorable(unescapeFormula(name.trim())));
}

/** Reads the rows of a file lazily and skips empty rows. @throws UnreadableCsvError if the file is not CSV. */
export async function* parseCsvRecords(source: Readable, format: CsvFormat): AsyncGenerator<CsvRecord> {
  const toRecord = createRecordMapper(format);
  let [row, columns]: [number, readonly string[]] = [0, []];
  try {
    for await (const { read, bytes } of readRows(source, format)) {
      row += 1;
      if (row === 1) columns = toColumns(read.cells);
      // Spreadsheets export cleared rows as empty rows.
      else if (read.cells.some((cell) => cell.trim() !== '')) yield { ...toRecord(columns, read), row, bytes };
    }
  } finally {
    source.destroy();
  }
}

async function* readRows(
  source: Readable,
  { encoding, delimiter }: CsvFormat,
): AsyncGenerator<{ read: CsvRow; bytes: number }> {
  const [decoder, reader] = [iconv.getDecoder(encoding), new CsvRowReader(delimiter)];
  let [text, bytes, isStart] = ['', 0, true];
  const takeRows = function* (isComplete: boolean): Generator<{ read: CsvRow; bytes: number }> {
    let position = 0;
    if (isStart && (isComplete || text.length > MAX_DELIMITER_LINE_LENGTH)) {
      position = DELIMITER_LINE.exec(text)?.[0].length ?? 0;
      isStart = false;
    }
    for (let read: CsvRow | null; !isStart && position < text.length; position = read.end) {
      read = reader.read(text, position, isComplete);
      if (read === null) break;
      yield { read, bytes };
    }
    text = text.slice(position);
    if (text.length > 2 * MAX_ROW_LENGTH)
      throw new UnreadableCsvError(`a row is longer than ${MAX_ROW_LENGTH} characters`);
  };
  for await (const chunk of source as AsyncIterable<Buffer>) {
    text += decoder.write(chunk);
    bytes += chunk.length;
    yield* takeRows(false);
  }
  text += decoder.end() ?? '';
  yield* takeRows(true);
}

function createRecordMapper({
  encoding,
  isValidUtf8,
}: CsvFormat): (columns: readonly string[], row: CsvRow) => Pick<CsvRecord, 'record' | 'fault'> {
  return (columns, { cells, isUnclosed }) => {
    const isInvalid = !isValidUtf8 && cells.some((cell) => toUSVString(cell).includes('\ufffd'));
    const fault = [
      isUnclosed && 'a quote in the row has no end; double each quote within a quoted cell',
      isInvalid && `the row contains bytes that are not valid in the encoding ${encoding}`,
      cells.some((cell) => cell.includes('\0')) && 'the row contains a NUL character',
      cells.slice(columns.length).some((cell) => cell.trim() !== '') && 'the row has more cells than columns',
    ].find((reason) => reason !== false);
    const entries = columns.flatMap((name, index): [string, string][] => {
      const cell = cells[index];
      return name === '' || cell === undefined ? [] : [[name, toStorable(unescapeFormula(cell))]];
    });
    return { record: Object.fromEntries(entries), fault: fault ?? null };
  };
}

/** The database cannot store NUL characters and lone surrogates. */
function toStorable(text: string): string {
  return toUSVString(text).replaceAll('\0', '\ufffd');
}
