/** A set of code points as sorted, disjoint, inclusive ranges. */
export type CharacterSet = readonly (readonly [first: number, last: number])[];

const LAST_CODE_POINT = 0x10ffff;

/** Every code point. */
export const ANY_CHARACTER: CharacterSet = [[0, LAST_CODE_POINT]];

/** The sets of RE2's `\d`, `\w` and `\s`, which contain only ASCII. */
export const PERL_SETS: Readonly<Record<'d' | 'w' | 's', CharacterSet>> = {
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  s: [
    [0x09, 0x0a],
    [0x0c, 0x0d],
    [0x20, 0x20],
  ],
};

/** The union of the sets. */
export function unionOf(...sets: CharacterSet[]): CharacterSet {
  const merged: [number, number][] = [];
  for (const [first, last] of sets.flat().sort((a, b) => a[0] - b[0])) {
    const open = merged.at(-1);
    if (open && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** All code points that are not in the set. */
export function complementOf(set: CharacterSet): CharacterSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
  return gaps;
}

/** Number of code points in the set. */
export function sizeOf(set: CharacterSet): number {
  return set.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

let orbits: Map<number, readonly number[]> | undefined;

/**
 * The simple case folding of Unicode as RE2 implements it: İ and ı have no other case, as in CaseFolding.txt without
 * the Turkic entries.
 */
function caseOrbits(): Map<number, readonly number[]> {
  if (orbits) return orbits;
  const groups = new Map<number, Set<number>>();
  for (let codePoint = 0; codePoint <= 0x1ffff; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    if (codePoint === 0x131 || !/\p{Changes_When_Casemapped}/u.test(character)) continue;
    const upper = character.toUpperCase();
    for (const other of [character.toLowerCase(), upper, upper.toLowerCase()]) {
      const cased = other.codePointAt(0)!;
      if (other.length !== String.fromCodePoint(cased).length) continue;
      const group = new Set([codePoint, cased, ...(groups.get(codePoint) ?? []), ...(groups.get(cased) ?? [])]);
      for (const member of group) groups.set(member, group);
    }
  }
  orbits = new Map([...groups].map(([codePoint, group]) => [codePoint, [...group]]));
  return orbits;
}

/** The code points that RE2's `(?i)` treats as the same letter as this one, including itself. */
export function caseOrbitOf(codePoint: number): readonly number[] {
  return caseOrbits().get(codePoint) ?? [codePoint];
}

/** The set with the other cases of each of its letters, as RE2's `(?i)` interprets a character class. */
export function foldedSet(set: CharacterSet): CharacterSet {
  const others: [number, number][] = [];
  for (const [first, last] of set) {
    for (let codePoint = first; codePoint <= last; codePoint += 1) {
      for (const other of caseOrbitOf(codePoint)) others.push([other, other]);
    }
  }
  return unionOf(set, others);
}

function escaped(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  if (/^[0-9A-Za-z]$/.test(character)) return character;
  return codePoint > 0xffff
    ? `\\U${codePoint.toString(16).padStart(8, '0')}`
    : `\\u${codePoint.toString(16).padStart(4, '0')}`;
}

/**
 * The set as one atom of a Postgres advanced regular expression. Every character except ASCII letters and digits is
 * written as `\uXXXX`, so that none has a special meaning. The set must not be empty.
 */
export function characterSetToAre(set: CharacterSet): string {
  const excluded = complementOf(set);
  if (excluded.length === 0) return '.';
  const negated = set[0]![0] === 0 && set.at(-1)![1] === LAST_CODE_POINT;
  const ranges = negated ? excluded : set;
  if (!negated && ranges.length === 1 && ranges[0]![0] === ranges[0]![1]) return escaped(ranges[0]![0]);
  const body = ranges.map(([first, last]) => (first === last ? escaped(first) : `${escaped(first)}-${escaped(last)}`));
  return `[${negated ? '^' : ''}${body.join('')}]`;
}
