import * as fc from 'fast-check';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { foldText, foldTextWithOrigins } from '../text/fold-text.js';
import { searchTokens } from './search-tokens.js';

/** Texts and their folded forms, in Postgres and in memory. */
const FOLDED: readonly (readonly [text: string, folded: string])[] = [
  ['', ''],
  ['Hello, WORLD!', 'hello, world!'],
  ['Crème Brûlée', 'creme brulee'],
  ['Cre\u0300me', 'creme'],
  ['Straße STRASSE ẞ', 'strasse strasse ss'],
  ['Łódź Øre Đà Ærø Œuvre Þór Ħal ıİI', 'lodz ore da aero oeuvre þor hal iii'],
  ['ＯＲＤ－１２３　Ａｂｃ', 'ord-123 abc'],
  ['ﬁne № ½ ² Ⅷ ㎏', 'fine # 1⁄2 2 viii kg'],
  ['don’t donʼt don‘t ŉ №5', "don't don't don't 'n #5"],
  ['ΟΔΟΣ οδός σς', 'οδοσ οδοσ σσ'],
  ['Ёлка ещё й', 'елка еще и'],
  ['مُحَمَّد أحمد إلى كـــتاب', 'محمد احمد الى كتاب'],
  ['שָׁלוֹם', 'שלום'],
  ['٠١٢٣ ۴۵۶ ४२ ๑๒', '0123 456 42 12'],
  ['ガｶﾞか\u3099が', 'ガガがが'],
  ['ᲓᲐ Ꟁ', 'და ꟁ'],
  ['한글 \u1112\u1161\u11ab', '한글 한'],
  ['ก้า कि', 'ก้า कि'],
  ['👍🏽 👨‍👩‍👧 ❤️ 1️⃣', '👍 👨👩👧 ❤ 1'],
  ['zero\u200bwidth so\u00adft \u202eb\ufeff', 'zerowidth soft b'],
  ['K Å ſ', 'k a s'],
];

/** Texts and their words in the index. */
const WORDS: readonly (readonly [text: string, words: string])[] = [
  ['Order ORD-2024-00917 (A-1042), #9981', 'order ord 2024 00917 a 1042 xnumbersign 9981'],
  ['https://shop.example.com/Orders/42?x=1&y=%20#top', 'https shop example com orders 42 x 1 y 20 xnumbersign top'],
  ['Jane <jane.doe+x_y@mail.example.com>', 'jane jane doe x y mail example com'],
  ["don't 1e5 -3.14 v1.2.3 a/b ~c &amp; 12ab ab12 7e05af", 'don t 1e5 3 14 v1 2 3 a b c amp 12ab ab12 7e05af'],
  ['„Größe“ – ’s', 'grosse s'],
  ['№12345 v2.10.3', 'xnumbersign 12345 v2 10 3'],
  ['東京都 iPhone東', '東 東京 京都 都 iphone 東 東'],
  ['สวัส', 'ส สว วั ัส ส'],
  ['👍👍ok ✓', '👍 👍 ok ✓'],
  ['Привет, мир…', 'привет мир'],
  ['\u0001a\u007fb\u00a0c\u3000d\u2028e\te\nf', 'a b c d e e f'],
];

const TEXT = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...[...FOLDED, ...WORDS].flatMap(([text]) => [...text])) },
    { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength: 3, unit: 'grapheme-ascii' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(' ', '\n', '-', '.', '/', '@', '<', '&', ';', ':', "'", '\\', '"', '1', 'e'),
    },
  ),
  { maxLength: 60 },
);

/** All code points of the scripts, except surrogates and one letter whose decomposition is of Unicode 17. */
const CODE_POINTS = [
  [0x01, 0xd7ff],
  [0xf900, 0xffff],
  [0x1d400, 0x1d7ff],
  [0x1f000, 0x1faff],
]
  .flatMap(([from, to]) => Array.from({ length: to! - from! + 1 }, (_, index) => String.fromCodePoint(from! + index)))
  .filter((character) => character !== '\ua7f1');

describe('search text in Postgres and in memory', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });

  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  async function foldInPostgres(texts: readonly string[]): Promise<string[]> {
    const { rows } = await client.query<{ folded: string }>(
      'select kernel.fold_text(t) as folded from unnest($1::text[]) with ordinality as texts (t, n) order by n',
      [texts],
    );
    return rows.map(({ folded }) => folded);
  }

  /** The words of each text in their order. */
  async function wordsInPostgres(texts: readonly string[]): Promise<string[][]> {
    const { rows } = await client.query<{ words: string[] }>(
      `select array(select lexeme from unnest(kernel.search_vector(t)), unnest(positions) position order by position)
         as words from unnest($1::text[]) with ordinality as texts (t, n) order by n`,
      [texts],
    );
    return rows.map(({ words }) => words);
  }

  const wordsInMemory = (text: string): string[] => searchTokens(foldText(text)).map(({ word }) => word);

  it('should fold texts to the forms of the table', async () => {
    const expected = FOLDED.map(([, folded]) => folded);
    expect(FOLDED.map(([text]) => foldText(text))).toEqual(expected);
    expect(FOLDED.map(([text]) => foldTextWithOrigins(text).text)).toEqual(expected);
    expect(await foldInPostgres(FOLDED.map(([text]) => text))).toEqual(expected);
  });

  it('should split texts into the words of the table', async () => {
    const expected = WORDS.map(([, words]) => words.split(' '));
    expect(WORDS.map(([text]) => wordsInMemory(text))).toEqual(expected);
    expect(await wordsInPostgres(WORDS.map(([text]) => text))).toEqual(expected);
  });

  it('should agree on each character', async () => {
    const assigned = CODE_POINTS.filter((character) => /\P{Cn}/u.test(character));
    const texts = assigned.map((character) => `a${character}b ${character}`);
    const folded = await foldInPostgres(texts);
    const words = await wordsInPostgres(texts);
    const differing = texts.filter(
      (text, index) => foldText(text) !== folded[index] || wordsInMemory(text).join(' ') !== words[index]!.join(' '),
    );
    expect(differing).toEqual([]);
  }, 120_000);

  it('should agree on mixed texts, and fold a folded text to itself', async () => {
    const property = fc.asyncProperty(fc.array(TEXT, { minLength: 1, maxLength: 50 }), async (parts) => {
      const texts = parts.map((text) => text.join(''));
      const folded = texts.map(foldText);
      expect(await foldInPostgres(texts)).toEqual(folded);
      expect(folded.map(foldText)).toEqual(folded);
      expect(await wordsInPostgres(texts)).toEqual(texts.map(wordsInMemory));
    });
    await fc.assert(property, { numRuns: 100 });
  }, 120_000);

  it('should keep long texts and words within the limits of Postgres', async () => {
    const random = (count: number, from: number, size: number): string =>
      String.fromCodePoint(...Array.from({ length: count }, (_, index) => from + ((index * 7919) % size)));
    const texts = ['a'.repeat(100_000), 'ж'.repeat(100_000), '𠀀'.repeat(100_000), random(60_000, 0x20000, 40_000)];
    for (const text of texts) expect(await wordsInPostgres([text])).toHaveLength(1);
  }, 120_000);
});
