/** Error for a pattern with an element that Postgres would interpret differently. The message completes "uses …". */
export class NotPortableError extends Error {}

/** Reads a pattern one code point at a time. */
export class PatternScanner {
  protected readonly characters: string[];
  protected position = 0;

  constructor(pattern: string) {
    this.characters = [...pattern];
  }

  /** Returns the code point at `offset` from the position without consuming it. */
  protected peek(offset = 0): string | undefined {
    return this.characters[this.position + offset];
  }

  /** Consumes `text` if it is next. */
  protected consume(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) if (this.peek(index) !== text[index]) return false;
    this.position += text.length;
    return true;
  }

  /** The next characters, enough for any single token. */
  protected rest(): string {
    return this.characters.slice(this.position, this.position + 24).join('');
  }

  /** Reads the code point of `\xHH` or `\x{…}`, after the `x`. */
  protected hexadecimal(): number {
    const match = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(this.rest());
    const codePoint = match ? parseInt(match[1] ?? match[2]!, 16) : 0;
    if (!match || codePoint === 0 || codePoint > 0x10ffff) throw new NotPortableError('this "\\x" escape');
    this.position += match[0].length;
    return codePoint;
  }
}
