/** A row of CSV text. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** Position after the line break that ends the row. */
  readonly end: number;
  /** True if a quoted cell has no end. The row is then the rest of its line, with quotes as ordinary characters. */
  readonly isUnclosed: boolean;
}

/** Maximum length of a row, in UTF-16 code units. */
export const MAX_ROW_LENGTH = 1_000_000;

/** The end of a quoted cell; `literal` if its quotes are ordinary characters; `unclosed` if it has no end. */
type QuotedCell = { readonly value: string; readonly next: number } | 'literal' | 'unclosed' | 'incomplete';

/**
 * Reads rows as spreadsheets and hand-written files have them. Parsers of strict CSV lose all rows after a stray quote;
 * this reader loses at most one row:
 * - A quoted cell can contain delimiters, doubled quotes and line breaks, and can have blanks around its quotes.
 * - Other quotes, as in `TV 42" Shop` or `"Bob "Bobby" Smith"`, are ordinary characters.
 * - If a quoted cell has no end, only its first line is lost.
 *
 * The time is proportional to the length of the text, for any content.
 */
export class CsvRowReader {
  private readonly cellEnd: RegExp;

  constructor(private readonly delimiter: string) {
    this.cellEnd = new RegExp(`[\r\n\\u{${delimiter.codePointAt(0)!.toString(16)}}]`, 'gu');
  }

  /**
   * The row at `start`; null if the text can end within the row.
   * @param isComplete true if no more text follows.
   */
  read(text: string, start: number, isComplete: boolean): CsvRow | null {
    return this.readCells(text, start, isComplete, true);
  }

  private readCells(text: string, start: number, isComplete: boolean, usesQuotes: boolean): CsvRow | null {
    const cells: string[] = [];
    for (let position = start; ;) {
      const content = this.skipBlanks(text, position);
      const isQuoted = usesQuotes && text[content] === '"';
      const quoted = isQuoted ? this.readQuoted(text, content, start, isComplete) : 'literal';
      if (quoted === 'incomplete') return null;
      if (quoted === 'unclosed') {
        const line = this.readCells(text, start, isComplete, false);
        return line && { ...line, isUnclosed: true };
      }
      const end = quoted === 'literal' ? this.findCellEnd(text, position) : quoted.next;
      if (end === text.length && !isComplete) return null;
      cells.push(quoted === 'literal' ? text.slice(position, end) : quoted.value);
      if (text[end] !== this.delimiter) return endRow(text, cells, end, isComplete);
      position = end + 1;
    }
  }

  private readQuoted(text: string, openingQuote: number, rowStart: number, isComplete: boolean): QuotedCell {
    let [value, from, hasBreak, hasStrayQuote] = ['', openingQuote + 1, false, false];
    for (;;) {
      const quote = text.indexOf('"', from);
      const segment = text.slice(from, quote === -1 ? text.length : quote);
      hasBreak ||= /[\r\n]/.test(segment);
      // A quote after a delimiter opens the next cell.
      if (hasStrayQuote && (hasBreak || this.isOpening(segment))) return 'literal';
      if (quote === -1 && isComplete) return hasStrayQuote ? 'literal' : 'unclosed';
      if (quote === -1) return text.length - rowStart > MAX_ROW_LENGTH ? 'unclosed' : 'incomplete';
      const next = this.skipBlanks(text, quote + 1);
      if (next === text.length && !isComplete) return 'incomplete';
      value += segment;
      const isDoubled = text[quote + 1] === '"';
      if (!isDoubled && this.isCellEnd(text, next)) return { value, next };
      if (!isDoubled && hasBreak) return 'unclosed';
      hasStrayQuote ||= !isDoubled;
      value += '"';
      from = quote + (isDoubled ? 2 : 1);
    }
  }

  private isOpening(segment: string): boolean {
    const before = segment.trimEnd();
    return before.endsWith(this.delimiter) || segment.endsWith(this.delimiter);
  }

  private isCellEnd(text: string, position: number): boolean {
    return position === text.length || text[position] === this.delimiter || /[\r\n]/.test(text[position]!);
  }

  private findCellEnd(text: string, from: number): number {
    this.cellEnd.lastIndex = from;
    return this.cellEnd.exec(text)?.index ?? text.length;
  }

  private skipBlanks(text: string, from: number): number {
    let position = from;
    while ((text[position] === ' ' || text[position] === '\t') && text[position] !== this.delimiter) position += 1;
    return position;
  }
}

function endRow(text: string, cells: readonly string[], position: number, isComplete: boolean): CsvRow | null {
  if (text[position] === '\r' && position + 1 === text.length && !isComplete) return null;
  const breakLength = text.startsWith('\r\n', position) ? 2 : 1;
  return { cells, end: Math.min(text.length, position + breakLength), isUnclosed: false };
}
