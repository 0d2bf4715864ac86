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
});
