import { isInDomains, parseDomain, validateIssuer, resolveReturnUrl } from './oidc-rules.js';

describe('validateIssuer', () => {
  it.each([
    'https://login.acme.example',
    'https://login.acme.example/tenant/v2.0',
    'http://127.0.0.1:4000',
    'http://localhost:4000/oidc',
    'http://[::1]:4000',
  ])('should accept %s', (issuer) => {
    expect(validateIssuer(issuer)).toBeNull();
  });

  it.each([
    ['acme', 'must be a URL'],
    ['http://login.acme.example', 'must start with https://'],
    ['http://10.0.0.1', 'must start with https://'],
    ['ftp://login.acme.example', 'must start with https://'],
    ['https://login.acme.example?x=1', 'must not contain a query or fragment'],
  ])('should return for %s that it %s', (issuer, error) => {
    expect(validateIssuer(issuer)).toBe(error);
  });
});

describe('isInDomains', () => {
  it.each([
    ['sarah@acme.example', ['acme.example'], true],
    ['sarah@ACME.example', ['acme.example'], true],
    ['sarah@acme.example', [], true],
    ['sarah@m\u00fcnchen.example', ['xn--mnchen-3ya.example'], true],
    ['sarah@M\u00dcNCHEN.example', ['xn--mnchen-3ya.example'], true],
    ['sarah@mu\u0308nchen.example', ['xn--mnchen-3ya.example'], true],
    ['sarah@XN--MNCHEN-3YA.example', ['xn--mnchen-3ya.example'], true],
    ['sarah@munchen.example', ['xn--mnchen-3ya.example'], false],
    ['sarah@\u0430cme.example', ['acme.example'], false],
    ['sarah@', ['acme.example'], false],
    ['sarah@evil.example', ['acme.example'], false],
    ['sarah@sub.acme.example', ['acme.example'], false],
    ['acme.example@evil.example', ['acme.example'], false],
    ['"a@acme.example"@evil.example', ['acme.example'], false],
  ])('should return for %s with domains %j: %s', (email, domains, expected) => {
    expect(isInDomains(email, domains)).toBe(expected);
  });
});

describe('resolveReturnUrl', () => {
  const PUBLIC_URL = 'https://support.acme.example';

  it.each([
    ['/inbox', `${PUBLIC_URL}/inbox`],
    [`${PUBLIC_URL}/inbox?tab=mine`, `${PUBLIC_URL}/inbox?tab=mine`],
    ['inbox', `${PUBLIC_URL}/inbox`],
  ])('should resolve %s to %s', (returnTo, expectedUrl) => {
    expect(resolveReturnUrl(returnTo, PUBLIC_URL)).toBe(expectedUrl);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '\\\\evil.example',
    '/\\evil.example',
    'http://support.acme.example',
    'https://support.acme.example:444',
    'javascript:alert(1)',
    'https://a:b@support.acme.example',
    'https://support.acme.example.evil.example',
  ])('should reject %s', (returnTo) => {
    expect(resolveReturnUrl(returnTo, PUBLIC_URL)).toBeNull();
  });
});

describe('parseDomain', () => {
  it.each([
    ['acme.example', 'acme.example'],
    ['mail.ACME.co.uk', 'mail.acme.co.uk'],
    ['xn--mnchen-3ya.de', 'xn--mnchen-3ya.de'],
    ['M\u00fcnchen.de', 'xn--mnchen-3ya.de'],
    ['\u4f8b\u3048\u3002jp', 'xn--r8jz45g.jp'],
    ['example.\u0440\u0444', 'example.xn--p1ai'],
  ])('should return the ASCII form of %s', (name, expected) => {
    expect(parseDomain(name)).toBe(expected);
  });

  it.each([
    'acme',
    '@acme.example',
    'acme.example.',
    '-acme.example',
    'acme..example',
    'acme.example/',
    '*.acme.example',
    '127.0.0.1',
  ])('should return null for %s', (name) => {
    expect(parseDomain(name)).toBeNull();
  });
});
