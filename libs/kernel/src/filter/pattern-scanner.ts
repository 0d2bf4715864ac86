/** The pattern holds something that Postgres would read otherwise; the message completes "uses …". */
export class NotPortableError extends Error {}

/** Goes through a pattern one code point at a time. */
export class PatternScanner {
  protected readonly characters: string[];
  protected position = 0;

  constructor(pattern: string) {
    this.characters = [...pattern];
  }

  /** The code point `offset` places on, left where it is. */
  protected peek(offset = 0): string | undefined {
    return this.characters[this.position + offset];
  }

  /** Moves past `text` if it comes next. */
  protected consume(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) if (this.peek(index) !== text[index]) return false;
    this.position += text.length;
    return true;
  }

  /** As much of what comes as any one token needs. */
  protected rest(): string {
    return this.characters.slice(this.position, this.position + 24).join('');
  }

  /** The code point of `\xHH` or `\x{…}`, after its `x`. */
  protected hexadecimal(): number {
    const match = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(this.rest());
    const codePoint = match ? parseInt(match[1] ?? match[2]!, 16) : 0;
    if (!match || codePoint === 0 || codePoint > 0x10ffff) throw new NotPortableError('this "\\x" escape');
    this.position += match[0].length;
    return codePoint;
  }
}
