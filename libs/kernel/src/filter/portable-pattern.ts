import {
  ANY_CHARACTER,
  PERL_SETS,
  characterSetToAre,
  complementOf,
  foldedSet,
  sizeOf,
  unionOf,
  type CharacterSet,
} from './character-set.js';
import { NotPortableError, PatternScanner } from './pattern-scanner.js';

/** A pattern translated for Postgres, or the reason why it cannot be translated. */
export type PortablePattern = { ok: true; are: string } | { ok: false; reason: string };

/** A translated part of a pattern. */
interface Part {
  are: string;
  weight: number;
  anchored: boolean;
  /** True if the part is a single atom, which a quantifier can follow directly. */
  atom: boolean;
}

/**
 * Limits that keep the compilation and matching of a pattern in Postgres within milliseconds, as measured by the tests.
 * `weight` is the size after the expansion of repetitions.
 */
const BOUNDS = { groupDepth: 20, repeat: 255, weight: 300, foldedRange: 2000 } as const;

const CONTROL_ESCAPES: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, v: 0x0b, f: 0x0c, r: 0x0d };
const ASSERTIONS: Readonly<Record<string, string>> = { A: '\\A', z: '\\Z', b: '\\y', B: '\\Y' };
const NEWLINE: CharacterSet = [[0x0a, 0x0a]];

/** Parser of the portable subset. It rejects unknown syntax, so that nothing reaches Postgres unparsed. */
class PatternTranslator extends PatternScanner {
  private ignoreCase = false;
  private dotAll = false;
  private lastSingle = 0;

  translate(): string {
    this.leadingFlags();
    const result = this.alternation(0);
    if (this.position < this.characters.length) throw new NotPortableError('an unmatched ")"');
    return result.are;
  }

  private leadingFlags(): void {
    for (let match = /^\(\?([is]+)\)/.exec(this.rest()); match; match = /^\(\?([is]+)\)/.exec(this.rest())) {
      if (match[1]!.includes('i')) this.ignoreCase = true;
      if (match[1]!.includes('s')) this.dotAll = true;
      this.position += match[0].length;
    }
  }

  private alternation(depth: number): Part {
    if (depth > BOUNDS.groupDepth)
      throw new NotPortableError(`groups nested more than ${BOUNDS.groupDepth} levels deep`);
    const branches = [this.sequence(depth)];
    while (this.consume('|')) branches.push(this.sequence(depth));
    return {
      are: branches.map((branch) => branch.are || '(?:)').join('|'),
      weight: branches.reduce((sum, branch) => sum + branch.weight, 0),
      anchored: branches.some((branch) => branch.anchored),
      atom: false,
    };
  }

  private sequence(depth: number): Part {
    const result: Part = { are: '', weight: 1, anchored: false, atom: false };
    for (let next = this.peek(); next !== undefined && next !== '|' && next !== ')'; next = this.peek()) {
      const part = this.quantified(this.atom(depth));
      result.are += part.are;
      result.weight += part.weight;
      result.anchored ||= part.anchored;
      if (result.weight > BOUNDS.weight) throw new NotPortableError('repetitions that expand to too large a pattern');
    }
    return result;
  }

  private quantified(part: Part): Part {
    const bounds = this.quantifier();
    if (!bounds) return part;
    if (part.anchored) throw new NotPortableError('a repeated anchor or word boundary');
    const copies = Math.max(1, bounds.max ?? bounds.min + 1);
    if (Math.max(bounds.min, bounds.max ?? 0) > BOUNDS.repeat)
      throw new NotPortableError(`a repetition of more than ${BOUNDS.repeat}`);
    const weight = part.weight * copies;
    if (weight > BOUNDS.weight) throw new NotPortableError('repetitions that expand to too large a pattern');
    return { are: `${part.atom ? part.are : `(?:${part.are})`}${bounds.text}`, weight, anchored: false, atom: false };
  }

  private quantifier(): { text: string; min: number; max?: number } | undefined {
    const match = /^(?:([*+?])|\{(\d+)(,(\d*))?\})/.exec(this.rest());
    if (!match) return undefined;
    this.position += match[0].length;
    this.consume('?');
    if (match[1]) return { text: match[1], min: match[1] === '+' ? 1 : 0, max: match[1] === '?' ? 1 : undefined };
    const min = Number(match[2]);
    const max = match[3] === undefined ? min : match[4] ? Number(match[4]) : undefined;
    return { text: max === min ? `{${min}}` : `{${min},${max ?? ''}}`, min, max };
  }

  private atom(depth: number): Part {
    if (this.consume('(')) return this.group(depth);
    if (this.consume('[')) return this.character(this.bracket());
    if (this.consume('.')) return this.character(this.dotAll ? ANY_CHARACTER : complementOf(NEWLINE));
    if (this.consume('^')) return this.assertion('\\A');
    if (this.consume('$')) return this.assertion('\\Z');
    if (this.consume('\\')) return this.escape();
    const literal = this.characters[this.position++]!;
    if ('*+?'.includes(literal)) throw new NotPortableError(`"${literal}" with nothing to repeat`);
    if (literal === '{' && /^[\d,]/.test(this.peek() ?? ''))
      throw new NotPortableError('a "{" that must be written as "\\{"');
    return this.character(this.single(literal.codePointAt(0)!));
  }

  private group(depth: number): Part {
    if (this.consume('?')) {
      if (!this.consume(':'))
        throw new NotPortableError('a special group "(?…)" other than "(?:…)" or a leading "(?i)" or "(?s)"');
    }
    const inner = this.alternation(depth + 1);
    if (!this.consume(')')) throw new NotPortableError('a "(" without ")"');
    return { ...inner, are: `(?:${inner.are})`, atom: true };
  }

  private escape(): Part {
    const assertion = ASSERTIONS[this.peek() ?? ''];
    if (assertion === undefined) return this.character(this.escapedSet());
    this.position += 1;
    return this.assertion(assertion);
  }

  private escapedSet(): CharacterSet {
    const next = this.characters[this.position++];
    if (next === undefined) throw new NotPortableError('a trailing backslash');
    const lower = next.toLowerCase();
    if (lower === 'd' || lower === 'w' || lower === 's') {
      const set = this.ignoreCase ? foldedSet(PERL_SETS[lower]) : PERL_SETS[lower];
      return next === lower ? set : complementOf(set);
    }
    const control = CONTROL_ESCAPES[next];
    if (control !== undefined) return this.single(control);
    if (next === 'x') return this.single(this.hexadecimal());
    if (/^[!-/:-@[-`{-~ ]$/.test(next)) return this.single(next.codePointAt(0)!);
    throw new NotPortableError(`the escape "\\${next}"`);
  }

  private bracket(): CharacterSet {
    const negated = this.consume('^');
    let set: CharacterSet = [];
    for (let first = true; first || this.peek() !== ']'; first = false) {
      if (this.peek() === undefined) throw new NotPortableError('a "[" without "]"');
      if (this.peek() === '[' && this.peek(1) === ':')
        throw new NotPortableError('a named class such as "[[:alpha:]]"');
      const member = this.member();
      set = unionOf(set, this.peek() === '-' && this.peek(1) !== ']' ? this.range(member.codePoint) : member.set);
    }
    this.position += 1;
    return negated ? complementOf(set) : set;
  }

  private member(): { set: CharacterSet; codePoint?: number } {
    if (this.consume('\\')) {
      const isClass = /^[dws]$/i.test(this.peek() ?? '');
      const set = this.escapedSet();
      return isClass ? { set } : { set, codePoint: this.lastSingle };
    }
    const character = this.characters[this.position++];
    if (character === undefined) throw new NotPortableError('a "[" without "]"');
    return { set: this.single(character.codePointAt(0)!), codePoint: this.lastSingle };
  }

  private range(first: number | undefined): CharacterSet {
    this.position += 1;
    const last = this.member().codePoint;
    if (first === undefined || last === undefined || last < first)
      throw new NotPortableError('an invalid range in "[…]"');
    const range: CharacterSet = [[first, last]];
    if (!this.ignoreCase) return range;
    if (sizeOf(range) > BOUNDS.foldedRange) throw new NotPortableError('too wide a range together with "(?i)"');
    return foldedSet(range);
  }

  private single(codePoint: number): CharacterSet {
    this.lastSingle = codePoint;
    return this.ignoreCase ? foldedSet([[codePoint, codePoint]]) : [[codePoint, codePoint]];
  }

  private character(set: CharacterSet): Part {
    if (set.length === 0) throw new NotPortableError('an empty character class');
    return { are: characterSetToAre(set), weight: 1, anchored: false, atom: true };
  }

  private assertion(are: string): Part {
    return { are, weight: 1, anchored: true, atom: true };
  }
}

/**
 * Translates an RE2 pattern into a Postgres advanced regular expression (ARE) that matches exactly the same texts under
 * `collate "C"`. The portable subset: literals, `.`, classes with ranges, `\d \w \s` and their negations, `\t \n \v \f
 * \r \xHH \x{…}`, groups, alternation, all quantifiers (laziness does not affect if a text matches), the anchors `^ $
 * \A \z \b \B` outside of repetitions, and a leading `(?i)` or `(?s)`. Case-insensitive letters are written as classes,
 * and escapes such as `\d` and `.` as RE2 defines them. Any other syntax is rejected with a reason that completes "uses
 * …".
 *
 * The pattern must be valid in RE2. The size of expanded repetitions is limited.
 */
export function toPortablePattern(pattern: string): PortablePattern {
  try {
    return { ok: true, are: new PatternTranslator(pattern).translate() };
  } catch (error) {
    if (error instanceof NotPortableError) return { ok: false, reason: error.message };
    throw error;
  }
}
