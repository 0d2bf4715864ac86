import fc from 'fast-check';
import { truncateText, truncateWithEllipsis } from './truncate-text.js';

const FAMILY = '👨‍👩‍👧‍👦';

it.each([
  ['hello', 3, 'hel'],
  ['hello', 5, 'hello'],
  [`ab${FAMILY}cd`, 3, `ab${FAMILY}`],
  [`ab${FAMILY}cd`, 2, 'ab'],
  ['🇩🇪🇫🇷🇮🇹', 2, '🇩🇪🇫🇷'],
  ['👍🏽👍🏽', 1, '👍🏽'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301e\u0301'],
  ['ne\u0301', 1, 'n'],
  ['नमस्ते', 2, 'नम'],
  ['각각', 1, '각'],
  [`a${'\u0301'.repeat(1000)}`, 2, `a${'\u0301'.repeat(79)}`],
  [`xa${'\u0301'.repeat(1000)}`, 2, 'x'],
])('should cut %j to %d characters as %j', (text, max, expected) => {
  expect(truncateText(text, max)).toBe(expected);
});

it('should add an ellipsis only when something is cut', () => {
  expect(truncateWithEllipsis('hello', 5)).toBe('hello');
  expect(truncateWithEllipsis('hello!', 5)).toBe('hell…');
  expect(truncateWithEllipsis(FAMILY.repeat(3), 2)).toBe(`${FAMILY}…`);
});

it('should return the first characters of any text', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'é', '\u0301', '\u200d', '👨', FAMILY, '🇩', 'क', '्', '각') }),
      fc.integer({ min: 1, max: 20 }),
      (text, max) => {
        const characters = [...segmenter.segment(text)].map(({ segment }) => segment);
        const cut = truncateText(text, max);
        fc.pre(characters.slice(0, max + 1).every((character) => character.length <= 8));
        expect(cut).toBe(characters.slice(0, max).join(''));
      },
    ),
  );
});
