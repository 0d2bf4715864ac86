import type { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { parse as parseAll } from 'csv-parse/sync';

const DELIMITERS = [',', ';', '\t', '|'];
const MAX_COLUMNS = 500;
const MAX_RECORD_BYTES = 1_000_000;

/** A file that is not valid CSV in UTF-8. The message names the problem. */
export class UnreadableCsvError extends Error {}

/** A row of the file: its cells by column, and its position. */
export interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  /** Row number as in spreadsheets: the header is row 1, and empty rows are counted. */
  readonly row: number;
  /** Number of non-empty cells beyond the last column. */
  readonly surplus: number;
  /** Offset of the end of the row in the file, in bytes. */
  readonly bytes: number;
}

/** Detects the delimiter and the columns from the start of a file. @throws UnreadableCsvError */
export function parseHeader(head: Buffer): { delimiter: string; header: string[] } {
  const text = decode(head);
  const [line = ''] = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/, 1);
  if (line.trim() === '') throw new UnreadableCsvError('the file does not start with a header line');
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))]!;
  const header = parseColumns(line, delimiter);
  if (header.length > MAX_COLUMNS) throw new UnreadableCsvError(`the file has more than ${MAX_COLUMNS} columns`);
  const duplicate = header.find((name, index) => name !== '' && header.indexOf(name) !== index);
  if (duplicate !== undefined) throw new UnreadableCsvError(`the column "${duplicate}" occurs more than once`);
  return { delimiter, header };
}

function parseColumns(line: string, delimiter: string): string[] {
  try {
    return (parseAll(line, { delimiter, trim: true }) as string[][])[0] ?? [];
  } catch (error) {
    throw new UnreadableCsvError(`cannot parse the header line: ${(error as Error).message}`);
  }
}

/** The end of the buffer can be in the middle of a character. */
function decode(head: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    throw new UnreadableCsvError('the file is not encoded in UTF-8');
  }
}

/**
 * Reads the rows of a file lazily and skips empty rows. @throws UnreadableCsvError if the file is not valid CSV in
 * UTF-8.
 */
export async function* parseCsvRecords(source: Readable, delimiter: string): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    max_record_size: MAX_RECORD_BYTES,
  });
  const piping = pipeToParser(source, parser).catch((error: Error) => void parser.destroy(error));
  try {
    let [row, columns]: [number, readonly string[]] = [0, []];
    for await (const { record: cells, info } of parser as AsyncIterable<{
      record: string[];
      info: { bytes: number };
    }>) {
      row += 1;
      if (row === 1) columns = cells.map((name) => name.trim());
      // Spreadsheets export cleared rows as empty rows.
      else if (cells.some((cell) => cell.trim() !== ''))
        yield { ...mapToColumns(columns, cells), row, bytes: info.bytes };
    }
    await piping;
  } catch (error) {
    if (error instanceof UnreadableCsvError || !(error as CsvError).code?.startsWith('CSV_')) throw error;
    throw new UnreadableCsvError(`cannot parse the file as CSV: ${(error as Error).message}`);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function mapToColumns(columns: readonly string[], cells: readonly string[]): Pick<CsvRecord, 'record' | 'surplus'> {
  const entries = columns.flatMap((name, index): [string, string][] =>
    name === '' || cells[index] === undefined ? [] : [[name, cells[index]]],
  );
  return {
    record: Object.fromEntries(entries),
    surplus: cells.slice(columns.length).filter((cell) => cell.trim() !== '').length,
  };
}

async function pipeToParser(source: Readable, parser: ReturnType<typeof parse>): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    for await (const chunk of source) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (!parser.write(text))
        await new Promise<void>((resolve) => parser.once('drain', resolve).once('close', resolve));
    }
    decoder.decode();
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      ? new UnreadableCsvError('the file contains bytes that are not valid UTF-8')
      : error;
  }
  parser.end();
}
