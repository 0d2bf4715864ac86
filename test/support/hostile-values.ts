/** A lone surrogate, which is not valid text but can be written in JSON. */
export const LONE_SURROGATE = '\ud800';

/** Placeholder for a number above all doubles, which JSON can represent and JavaScript cannot. */
export const INFINITE_NUMBER = '@@boundless@@';

/** Texts that other layers could interpret as syntax. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  'x',
  `a${String.fromCharCode(0)}b`,
  LONE_SURROGATE,
  `${LONE_SURROGATE}x`,
  "'; drop table teams.users; --",
  "1' or '1'='1",
  '$1',
  '%',
  '_%',
  '\\',
  '"',
  '{{7*7}}',
  '${7*7}',
  '<script>alert(1)</script>',
  '(a+)+$',
  `${'a'.repeat(5000)}!`,
  '((((((((((a*)*)*)*)*)*)*)*)*)*$',
  '\u202eabc',
  '\u{1f600}'.repeat(300),
  '../../etc/passwd',
  'null',
  'undefined',
  'NaN',
  '__proto__',
  'constructor',
  '0x10',
  '-0',
  '1e400',
  '9999-99-99T99:99:99Z',
  '0000-00-00',
  '2026-02-30T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-20T00:00:00.000Z',
  '@',
  'a@b',
  'http://',
  'javascript:alert(1)',
  'a b & | ! ( ) : * <-> "',
  '"unclosed',
  "'unclosed",
  '-',
  ':*',
  "\\'",
  '\n\r\t',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
];

/** A value with this nesting depth. */
export function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}

/** Values of all kinds that a field might not expect. */
export function hostileValues(): unknown[] {
  return [
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    9_007_199_254_740_993,
    2_147_483_648,
    -2_147_483_649,
    INFINITE_NUMBER,
    [],
    {},
    [null],
    [[]],
    [{}],
    ['x', 1],
    { a: 1 },
    { length: 5 },
    Array.from({ length: 2000 }, () => 'x'),
    nested(200),
    'a'.repeat(900_000),
    ...HOSTILE_TEXTS,
  ];
}

/** Names that are not fields of any operation. */
export const UNEXPECTED_FIELDS: readonly string[] = [
  'zz_unknown',
  'workspaceId',
  'hasOwnProperty',
  'toString',
  'constructor',
  'prototype',
  'then',
  'toJSON',
  'length',
  '',
  ' ',
  '$where',
  'a'.repeat(10_000),
];

/** Bodies that are not JSON objects. */
export const BROKEN_BODIES: readonly string[] = [
  '{',
  '{"a":}',
  '{"a":1}}',
  'not json',
  '[]',
  '"text"',
  '123',
  'true',
  '[{}]',
  '{"a":1}{"b":2}',
  '\ufeff{',
  "{'a':1}",
  '{"a":NaN}',
  `{"a":"${String.fromCharCode(1)}"}`,
  '['.repeat(200) + ']'.repeat(200),
  '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000),
  '['.repeat(50_000),
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"__proto__":{"polluted":true}}}',
];

/** Content types that are not accepted as JSON. */
export const WRONG_TYPES: readonly (readonly [type: string, body: string])[] = [
  ['text/plain', '{}'],
  ['application/xml', '<a/>'],
  ['application/x-www-form-urlencoded', 'name=x'],
  ['application/octet-stream', 'x'],
  ['multipart/form-data', 'x'],
  ['json', '{}'],
  ['application/vnd.api+json', '{}'],
  ['multipart/form-data; boundary=x', '--x\r\nnonsense'],
  ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n'],
];
