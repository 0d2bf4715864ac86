import { cpuTimeOf } from '../testing/index.js';
import fc from 'fast-check';
import { escapeHtml, highlightTerms } from './highlight-terms.js';

describe('highlightTerms', () => {
  it.each([
    ['Where is my invoice?', 'INVOICE', 'Where is my <mark>invoice</mark>?'],
    ['ada@example.com · Ada', 'ada', '<mark>ada</mark>@example.com · <mark>Ada</mark>'],
    ['invoices', 'in invoice', '<mark>invoice</mark>s'],
    ['a < b & c', 'b', 'a &#60; <mark>b</mark> &#38; c'],
    ['C++ (.*)', 'c++ (.*)', '<mark>C++</mark> (<mark>.</mark>*)'],
    ['Straße', 'STRASSE', '<mark>Straße</mark>'],
    ['nothing', '', 'nothing'],
    ['nothing', '?!', 'nothing'],
    ['Jürgen Müller', 'muller', 'Jürgen <mark>Müller</mark>'],
    ['Ju\u0308rgen', 'jur', '<mark>Ju\u0308r</mark>gen'],
    ['Muller & Söhne', 'söhne MÜLLER', '<mark>Muller</mark> &#38; <mark>Söhne</mark>'],
  ])('should mark in %j the words of %j', (text, query, marked) => {
    expect(highlightTerms(text, query)).toBe(marked);
  });

  it('should truncate a long text', () => {
    expect(highlightTerms('x'.repeat(1000), 'y')).toBe(`${'x'.repeat(400)}…`);
  });

  it('should escape all HTML markup of the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', 'b', ' ', '<mark>', '</mark>') }),
        fc.string({ unit: fc.constantFrom('a', 'b', '<', '.', '+', ' ') }),
        (text, query) => {
          expect(highlightTerms(text, query).replaceAll(/<\/?mark>/g, '')).toBe(
            escapeHtml(text.length > 400 ? `${text.slice(0, 400)}…` : text),
          );
        },
      ),
    );
  });

  it('should stay fast when the query is designed to be slow', () => {
    const text = 'a'.repeat(400);
    expect(cpuTimeOf(() => highlightTerms(text, `${'a'.repeat(30)}+ `.repeat(10)))).toBeLessThan(1_000);
  });
});
