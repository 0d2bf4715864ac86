import { isLastTermPartial } from './search-terms-query.js';

describe('lastIsUnfinished', () => {
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
  ])('of %j is %s', (terms, partial) => {
    expect(isLastTermPartial(terms)).toBe(partial);
  });
});
