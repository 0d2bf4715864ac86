import { containsWord, wordPattern } from './word-match.js';

const TABLE: readonly (readonly [value: string, matching: readonly string[], other: readonly string[]])[] = [
  [
    'art',
    ['art', 'state of the art.', '(art)', 'art-work', 'start, art'],
    ['start', 'arts', 'art2', 'art_', 'ärt', 'arté'],
  ],
  ['café', ['le café.', 'café'], ['cafés', 'décafé']],
  // A combining mark belongs to the letter before it.
  ['cafe', ['cafe'], ['cafe\u0301']],
  ['größe', ['die größe?'], ['größenwahn', 'übergröße']],
  ['мир', ['мир!', 'война и мир'], ['мировой', 'кумир']],
  ['new york', ['in new york city'], ['in new yorkshire', 'anew york']],
  ['#12', ['#12', 'a#12', '##12.'], ['#123', '#12a']],
  ['c++', ['c++', 'c++11', 'in c++'], ['objc++']],
  ['?', ['a?b', '?'], ['']],
  ['𝒜', ['𝒜 b'], ['𝒜b', '𝒜𝒜']],
  ['日本', ['日本', '「日本」'], ['日本語']],
];

describe('containsWord', () => {
  it.each(TABLE)('should find %s as a whole word only', (value, matching, other) => {
    expect(matching.filter((text) => !containsWord(text, value))).toEqual([]);
    expect(other.filter((text) => containsWord(text, value))).toEqual([]);
  });
});

describe('wordPattern', () => {
  it('should exclude the characters of words of all planes', () => {
    const [, excluded] = /\[\^(.*?)\]/.exec(wordPattern('a'))!;
    const isExcluded = new RegExp(
      `[${excluded!.replace(/\\U0*([0-9a-f]+)|\\u([0-9a-f]{4})/g, (_all, long, short) => `\\u{${long ?? short}}`)}]`,
      'u',
    );
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 7) {
      const character = String.fromCodePoint(codePoint);
      if (isExcluded.test(character) !== /[\p{L}\p{N}\p{M}_]/u.test(character)) throw new Error(`U+${codePoint}`);
    }
  });

  it('should have no boundary next to a character that is not a part of words', () => {
    expect(wordPattern('?')).toBe('\\u003f');
    expect(wordPattern('a?')).toMatch(/^\(\?:\^\|\[.*\]\)a\\u003f$/);
  });
});
