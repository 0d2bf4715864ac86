const ASCII = /^[\x00-\x7f]*$/;
const MAX_UNITS_PER_CHARACTER = 8;
const MAX_UNITS_OF_ONE_CHARACTER = 64;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Returns the first `maxCharacters` characters of a text, as users see them: an emoji of several code points or a
 * letter with its accents is not cut (UAX #29). Returns fewer characters if they have much more than 8 UTF-16 code units on
 * average.
 */
export function truncateText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  if (ASCII.test(text.slice(0, maxCharacters + 1))) return text.slice(0, maxCharacters);
  const start = text.slice(0, maxCharacters * MAX_UNITS_PER_CHARACTER + MAX_UNITS_OF_ONE_CHARACTER);
  let count = 0;
  let lastIndex = 0;
  for (const { index } of graphemes.segment(start)) {
    if (count === maxCharacters) return start.slice(0, index);
    count += 1;
    lastIndex = index;
  }
  if (start.length === text.length) return text;
  // The last character may be incomplete. A single character that is too long is cut between code points.
  return lastIndex > 0 ? start.slice(0, lastIndex) : start.replace(/[\ud800-\udbff]$/, '');
}

/** Truncates a text to `maxCharacters` characters, including an ellipsis at the end if something is cut. */
export function truncateWithEllipsis(text: string, maxCharacters: number): string {
  return truncateText(text, maxCharacters) === text ? text : `${truncateText(text, maxCharacters - 1)}…`;
}
