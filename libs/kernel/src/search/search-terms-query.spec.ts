import { isLastTermPartial } from './search-terms-query.js';

describe('isLastTermPartial', () => {
  it.each([
    ['ref', true],
    ['red ref', true],
    ['"red ref"', true],
    ['re', false],
    ['refund re', false],
    ['a1', false],
    ['A12', true],
    ['', false],
    ['?!', false],
    ['ünü', true],
    ['ün', false],
    ['注文', true],
    ['注', true],
    ['да', true],
  ])('should return for %j: %s', (terms, partial) => {
    expect(isLastTermPartial(terms)).toBe(partial);
  });
});
