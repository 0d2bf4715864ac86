import type { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { parse as parseAll } from 'csv-parse/sync';

const DELIMITERS = [',', ';', '\t', '|'];
const MAX_COLUMNS = 500;
const MAX_RECORD_BYTES = 1_000_000;

/** A file that is no CSV in UTF-8; the message says where. */
export class UnreadableCsvError extends Error {}

/** A row with its cells by column, and where in the file it stands. */
export interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  /** Its number as spreadsheets count: the header is 1, and rows that are empty have one, too. */
  readonly row: number;
  /** Cells that have no column. */
  readonly surplus: number;
  /** Where it ends. */
  readonly bytes: number;
}

/** The delimiter and the columns of a file, by its first bytes. @throws UnreadableCsv */
export function parseHeader(head: Buffer): { delimiter: string; header: string[] } {
  const text = decode(head);
  const [line = ''] = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/, 1);
  if (line.trim() === '') throw new UnreadableCsvError('the file does not begin with a line of column names');
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))]!;
  const header = parseColumns(line, delimiter);
  if (header.length > MAX_COLUMNS) throw new UnreadableCsvError(`the file has more than ${MAX_COLUMNS} columns`);
  const duplicate = header.find((name, index) => name !== '' && header.indexOf(name) !== index);
  if (duplicate !== undefined) throw new UnreadableCsvError(`the column "${duplicate}" is there twice`);
  return { delimiter, header };
}

function parseColumns(line: string, delimiter: string): string[] {
  try {
    return (parseAll(line, { delimiter, trim: true }) as string[][])[0] ?? [];
  } catch (error) {
    throw new UnreadableCsvError(`the line of column names cannot be read: ${(error as Error).message}`);
  }
}

/** Cut off wherever the head ends, so the last characters may be incomplete. */
function decode(head: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    throw new UnreadableCsvError('the file is not in UTF-8');
  }
}

/** The rows of a file, one by one as they are asked for, without those that are empty. @throws UnreadableCsv when the file is no CSV in UTF-8 all along. */
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
      // Spreadsheets leave such rows where they were cleared.
      else if (cells.some((cell) => cell.trim() !== ''))
        yield { ...mapToColumns(columns, cells), row, bytes: info.bytes };
    }
    await piping;
  } catch (error) {
    if (error instanceof UnreadableCsvError || !(error as CsvError).code?.startsWith('CSV_')) throw error;
    throw new UnreadableCsvError(`the file cannot be read as CSV: ${(error as Error).message}`);
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
      ? new UnreadableCsvError('the file is not in UTF-8 all along')
      : error;
  }
  parser.end();
}
