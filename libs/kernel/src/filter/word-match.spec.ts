import { UNSEGMENTED } from '../text/unsegmented-scripts.js';
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
  ['日本', ['日本', '「日本」', '日本語', '大日本'], ['日 本', '本日']],
  ['返金', ['昨日注文した商品を返金してください'], ['返品']],
  ['คืนเงิน', ['ขอคืนเงินค่ะ'], ['คืน เงิน']],
  ['iphone', ['新しいiphoneを', 'iphone东京'], ['新iphones', 'myiphoneを']],
  ['第1', ['第1号', '第1'], ['第12号']],
  ['환불', ['환불 요청'], ['환불해', '재환불']],
  ["don't", ["i don't know"], ["don'ts"]],
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
    const isWord = new RegExp(`^(?![${UNSEGMENTED}])[\\p{L}\\p{N}\\p{M}_]`, 'u');
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 7) {
      const character = String.fromCodePoint(codePoint);
      if (isExcluded.test(character) !== isWord.test(character)) throw new Error(`U+${codePoint}`);
    }
  });

  it('should have no boundary next to a character that is not a part of words', () => {
    expect(wordPattern('?')).toBe('\\u003f');
    expect(wordPattern('a?')).toMatch(/^\(\?:\^\|\[.*\]\)a\\u003f$/);
  });
});
