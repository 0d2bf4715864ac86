import fc from 'fast-check';
import { similarityTerm, spellingVariants } from './spelling-variants.js';

describe('spellingVariants', () => {
  it.each([
    ['jhon', 'john'],
    ['jhon doe', 'john doe'],
    ['Doe Jhon', 'Doe John'],
    ['johhn', 'john'],
    ['Jügren', 'Jürgen'],
    ['katheirne', 'katherine'],
    ['jhon@example.com', 'john@example.com'],
  ])('should contain the intended spelling when the text is mistyped: %j for %j', (text, intended) => {
    expect(spellingVariants(text)).toContain(intended);
  });

  it.each(['', 'jon', 'a b c', '4711', '+4930123456', 'AB-12', 'aaaaaaaa'])(
    'should return no variants when the text has no word that can be mistyped: %j',
    (text) => {
      expect(spellingVariants(text)).toEqual([]);
    },
  );

  it('should return at most a few dozen distinct variants without the text itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const spellings = spellingVariants(text);
        expect(spellings.length).toBeLessThanOrEqual(48);
        expect(new Set([...spellings, text]).size).toBe(spellings.length + 1);
      }),
    );
  });
});

it.each([
  ['john', 'john'],
  ['jon', null],
  ['john@example.com', 'john'],
  ['jon@example.com', 'jon@example.com'],
  ['', null],
  ['a@b', null],
])('should return the part of %j for similarity search: %j', (text, part) => {
  expect(similarityTerm(text)).toBe(part);
});
