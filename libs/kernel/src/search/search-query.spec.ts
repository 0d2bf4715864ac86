import { isLastTermPartial, parseSearchQuery, toTsquery } from './search-query.js';

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

describe('parseSearchQuery', () => {
  it.each([
    ['refund', "( 'refund':* )"],
    ['Straße ok', "( 'strasse' ) & ( 'ok' )"],
    ['"purple umbrella" or re', "( 'purple' <-> 'umbrella' ) | ( 're' )"],
    ['capybara -"purple umbrella" -x', "( 'capybara' ) & !( 'purple' <-> 'umbrella' ) & !( 'x' )"],
    ['ORD-2024-00917', "( 'ord' <-> '2024' <-> '00917':* )"],
    [
      'https://Shop.example.com/a?b=1#top',
      "( 'https' <-> 'shop' <-> 'example' <-> 'com' <-> 'a' <-> 'b' <-> '1' <-> 'xnumbersign' <-> 'top':* )",
    ],
    ['#9981', "( 'xnumbersign' <-> '9981':* )"],
    ['#refund C#', "( 'refund' ) & ( 'c' )"],
    ['京', "( '京':* )"],
    ['京都市 x', "( '京都' <-> '都市' ) & ( 'x' )"],
    ['iPhone京都', "( 'iphone' <-> '京' <-> '京都' )"],
    ['👍🏽 ok', "( '👍' ) & ( 'ok' )"],
    ["it's", "( 'it' <-> 's' )"],
    ['2.10.3', "( ( '2' | 'v2' ) <-> '10' <-> '3' )"],
    ['v2.10.345', "( ( 'v2' | '2' ) <-> '10' <-> '345':* )"],
    ['№ 12345', "( '12345':* )"],
    ['№12345', "( 'xnumbersign' <-> '12345':* )"],
    ['+49 30 1234 567', "( '49301234567':* ) | ( '49' ) & ( '30' ) & ( '1234' ) & ( '567':* )"],
    ['(030) 1234-567', "( '0301234567':* ) | ( '030' ) & ( '1234' <-> '567':* )"],
    ['12 345', "( '12' ) & ( '345':* )"],
    ['DE89 3704 0044', "( 'de8937040044':* ) | ( 'de89' ) & ( '3704' ) & ( '0044':* )"],
    ['DE89370400440532', "( 'de89' <-> '3704' <-> '0044' <-> '0532':* ) | ( 'de89370400440532':* )"],
    ['don’t', "( 'don' <-> 't' )"],
    ['or foo', "( 'foo':* )"],
    ['foo or', "( 'foo' )"],
    ['foo "', "( 'foo':* )"],
  ])('should parse %j', (text, expected) => {
    expect(toTsquery(parseSearchQuery(text)!)).toBe(expected);
  });

  it.each(['', '?!', '"', '-', 'or', '-purple', '-"purple umbrella"', 'foo or -bar', '\u0301'])(
    'should return null when a text without any word would match: %j',
    (text) => {
      expect(parseSearchQuery(text)).toBeNull();
    },
  );
});
