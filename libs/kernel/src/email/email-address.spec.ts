import { emailKey, isSignInEmail, normalizeEmail } from './email-address.js';

describe('normalizeEmail', () => {
  it.each([
    [' Ada@Example.com\t', 'Ada@Example.com'],
    ['\u202aada@example.com\u202c', 'ada@example.com'],
    ['a\u200bd\u00ada@exam\ufeffple.com', 'ada@example.com'],
    ['jose\u0301@example.com', 'jos\u00e9@example.com'],
    ['ada@m\u00fcller.example', 'ada@xn--mller-kva.example'],
    ['ada@mu\u0308ller.example', 'ada@xn--mller-kva.example'],
    ['ada@M\u00dcLLER.example', 'ada@xn--mller-kva.example'],
    ['ada@\u4f8b\u3048\u3002jp', 'ada@xn--r8jz45g.jp'],
    ['\u212aurt@example.com', '\u212aurt@example.com'],
    ['no address', 'no address'],
    ['', ''],
  ])('should convert %j to %j', (text, expected) => {
    expect(normalizeEmail(text)).toBe(expected);
    expect(normalizeEmail(expected)).toBe(expected);
  });
});

it.each([
  ['ADA@EXAMPLE.COM', 'ada@example.com', true],
  ['ada@m\u00fcller.example', 'ada@XN--MLLER-KVA.example', true],
  ['\u212aurt@example.com', 'kurt@example.com', false],
  ['\u0130da@example.com', 'ida@example.com', false],
  ['\u0131da@example.com', 'ida@example.com', false],
  ['\u00c4da@example.com', '\u00e4da@example.com', false],
  ['stra\u00dfe@example.com', 'strasse@example.com', false],
  ['\uff41da@example.com', 'ada@example.com', false],
])('should compare %j with %j: %s', (first, second, isEqual) => {
  expect(emailKey(first) === emailKey(second)).toBe(isEqual);
});

it.each([
  ['Ada@example.com', true],
  ['jos\u00e9@example.com', true],
  ['\u212aurt@example.com', false],
  ['\u0130da@example.com', false],
  ['\u00c4da@example.com', false],
])('should allow sign-in with %j: %s', (email, isAllowed) => {
  expect(isSignInEmail(email)).toBe(isAllowed);
});
