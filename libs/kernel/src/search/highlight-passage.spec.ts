import fc from 'fast-check';
import { highlightPassage } from './highlight-passage.js';
import { parseSearchQuery } from './search-query.js';

const highlight = (text: string, query: string): string => highlightPassage(text, parseSearchQuery(query)!);

describe('highlightPassage', () => {
  it.each([
    ['The billing page', 'bill', 'The <mark>billing</mark> page'],
    ['In der Hauptstraße 5', 'HAUPTSTRASSE', 'In der <mark>Hauptstraße</mark> 5'],
    ['Crème bru\u0302lée', 'creme brulee', '<mark>Crème</mark> <mark>bru\u0302lée</mark>'],
    ['ｏｒｄｅｒ １２３', 'order 123', '<mark>ｏｒｄｅｒ</mark> <mark>１２３</mark>'],
    ['昨日東京都に着いた', '東京', '昨日<mark>東京</mark>都に着いた'],
    ['昨日東京都に着いた', '京', '昨日東<mark>京</mark>都に着いた'],
    ['See ORD-2024-00917.', '00917', 'See ORD-2024-<mark>00917</mark>.'],
    [
      'See https://shop.example.com/a now',
      'https://shop.example.com/a',
      'See <mark>https://shop.example.com/a</mark> now',
    ],
    ['See <b> & #9981', '#9981', 'See &#60;b&#62; &#38; <mark>#9981</mark>'],
    ['مَرْحَبًا بك', 'مرحبا', '<mark>مَرْحَبًا</mark> بك'],
    ['Great 👍🏽!', '👍', 'Great <mark>👍🏽</mark>!'],
    ['新しいiPhoneを買う', 'iphone', '新しい<mark>iPhone</mark>を買う'],
    ['第15号', '15', '第<mark>15</mark>号'],
    ['新iPhone京都', 'iPhone京都', '新<mark>iPhone京都</mark>'],
    ['Since v2.10.3 it fails', '2.10.3', 'Since <mark>v2.10.3</mark> it fails'],
    ['Since 2.10.3 it fails', 'v2.10.3', 'Since <mark>2.10.3</mark> it fails'],
    ['Order №12345', '#12345', 'Order <mark>№12345</mark>'],
    ['Call +49301234567', '+49 30 1234 567', 'Call +<mark>49301234567</mark>'],
    ['To DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', 'To <mark>DE89 3704 0044 0532 0130 00</mark>'],
    ['To DE89370400440532013000', 'de89 3704 0044', 'To <mark>DE89370400440532013000</mark>'],
    ['ok👍', '👍', 'ok<mark>👍</mark>'],
    ['donʼt', 't', 'donʼ<mark>t</mark>'],
    ['no match', 'other', 'no match'],
  ])('should mark in %j the words of %j', (text, query, expected) => {
    expect(highlight(text, query)).toBe(expected);
  });

  it('should return the passage with most of the words when the text is long', () => {
    const filler = 'lorem ipsum dolor sit amet '.repeat(200);
    const passage = highlight(
      `${filler} refund ${filler.slice(0, 1000)} refund for a zeppelin ${filler}`,
      'refund zeppelin',
    );
    expect(passage).toContain('<mark>refund</mark>');
    expect(passage.length).toBeLessThan(350);
    expect(highlight(`${filler}zeppelin ${filler}`, 'zeppelin')).toContain('sit amet <mark>zeppelin</mark> lorem');
  });

  it('should mark any words of a text when scripts are mixed without spaces', () => {
    const part = fc.constantFrom('iPhone', '15', 'é', '東京', '新', 'です', 'ภาษา', '👍', ' ', '-', '#', 'don’t', 'ß');
    const parts = fc.array(part, { maxLength: 6 });
    const property = fc.property(parts, parts, parts, (start, middle, end) => {
      const query = parseSearchQuery(`"${middle.join('')}"`);
      fc.pre(query !== null);
      const text = [...start, ...middle, ...end].join('');
      // A word that continues before or after the middle is another word.
      fc.pre(!/[a-z0-9éß]{2}/iu.test((start.at(-1) ?? '').slice(-1) + middle.join('').slice(0, 1)));
      fc.pre(!/[a-z0-9éß]{2}/iu.test(middle.join('').slice(-1) + (end[0] ?? '').slice(0, 1)));
      expect([text, query, highlightPassage(text, query!)]).toEqual([text, query, expect.stringContaining('<mark>')]);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('should mark words that are divided by the parts of a long text without spaces', () => {
    for (let length = 1_980; length <= 2_020; length += 1)
      expect([length, highlight(`${'あ'.repeat(length)}東京都${'い'.repeat(300)}`, '東京都')]).toEqual([
        length,
        expect.stringContaining('<mark>東京都</mark>'),
      ]);
  });
});
