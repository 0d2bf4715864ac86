import { DOMAIN_PATTERN, isInDomains, validateIssuer, resolveReturnUrl } from './oidc-rules.js';

describe('issuerFault', () => {
  it.each([
    'https://login.acme.example',
    'https://login.acme.example/tenant/v2.0',
    'http://127.0.0.1:4000',
    'http://localhost:4000/oidc',
    'http://[::1]:4000',
  ])('should find none in %s', (issuer) => {
    expect(validateIssuer(issuer)).toBeNull();
  });

  it.each([
    ['acme', 'must be a URL'],
    ['http://login.acme.example', 'must begin with https://'],
    ['http://10.0.0.1', 'must begin with https://'],
    ['ftp://login.acme.example', 'must begin with https://'],
    ['https://login.acme.example?x=1', 'must have neither query nor fragment'],
  ])('should say of %s that it %s', (issuer, error) => {
    expect(validateIssuer(issuer)).toBe(error);
  });
});

describe('isInDomains', () => {
  it.each([
    ['sarah@acme.example', ['acme.example'], true],
    ['sarah@ACME.example', ['acme.example'], true],
    ['sarah@acme.example', [], true],
    ['sarah@evil.example', ['acme.example'], false],
    ['sarah@sub.acme.example', ['acme.example'], false],
    ['acme.example@evil.example', ['acme.example'], false],
    ['"a@acme.example"@evil.example', ['acme.example'], false],
  ])('should, for %s in %j, be %s', (email, domains, expected) => {
    expect(isInDomains(email, domains)).toBe(expected);
  });
});

describe('returnAddress', () => {
  const PUBLIC_URL = 'https://support.acme.example';

  it.each([
    ['/inbox', `${PUBLIC_URL}/inbox`],
    [`${PUBLIC_URL}/inbox?tab=mine`, `${PUBLIC_URL}/inbox?tab=mine`],
    ['inbox', `${PUBLIC_URL}/inbox`],
  ])('should take %s for %s', (returnTo, expectedUrl) => {
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
  ])('should not lead to %s', (returnTo) => {
    expect(resolveReturnUrl(returnTo, PUBLIC_URL)).toBeNull();
  });
});

describe('DOMAIN', () => {
  it.each(['acme.example', 'mail.acme.co.uk', 'xn--mnchen-3ya.de'])('should know %s', (name) => {
    expect(name).toMatch(DOMAIN_PATTERN);
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
  ])('should not know %s', (name) => {
    expect(name).not.toMatch(DOMAIN_PATTERN);
  });
});
