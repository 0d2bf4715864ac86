import fc from 'fast-check';
import { similarityTerm, spellingVariants } from './spelling-variants.js';

describe('spellingsOf', () => {
  it.each([
    ['jhon', 'john'],
    ['jhon doe', 'john doe'],
    ['Doe Jhon', 'Doe John'],
    ['johhn', 'john'],
    ['Jügren', 'Jürgen'],
    ['katheirne', 'katherine'],
    ['jhon@example.com', 'john@example.com'],
  ])('should try for %j %j', (text, intended) => {
    expect(spellingVariants(text)).toContain(intended);
  });

  it.each(['', 'jon', 'a b c', '4711', '+4930123456', 'AB-12', 'aaaaaaaa'])(
    'should not take %j for mistyped',
    (text) => {
      expect(spellingVariants(text)).toEqual([]);
    },
  );

  it('should try some dozens at most, each once and none of them what was typed', () => {
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
])('should compare of %j %j', (text, part) => {
  expect(similarityTerm(text)).toBe(part);
});
