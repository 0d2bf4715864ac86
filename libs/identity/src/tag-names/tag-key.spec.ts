import { tagKey, withoutTags } from './tag-key.js';

it.each([
  ['VIP', 'vip'],
  [' vip ', 'vip'],
  ['ÄRGER', 'ärger'],
  ['Cafe\u0301', 'café'],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
  ['ПЛАН', 'план'],
])('should give %j and %j the same key', (a, b) => {
  expect(tagKey(a)).toBe(tagKey(b));
});

it.each([
  ['i', 'İ'],
  ['a b', 'ab'],
])('should give %j and %j different keys', (a, b) => {
  expect(tagKey(a)).not.toBe(tagKey(b));
});

it('should remove tags in any spelling', () => {
  expect(withoutTags(['VIP', 'web', 'Café'], ['vip', 'CAFE\u0301'])).toEqual(['web']);
  expect(withoutTags(['VIP'])).toEqual(['VIP']);
});
