import { browserCookie, browserIn, newBrowser } from './browser-cookie.js';

describe('the cookie of a browser', () => {
  it('should be read back from among others', () => {
    const browser = newBrowser();
    const [pair] = browserCookie(browser, 600, true).split(';');
    for (const header of [pair!, `a=b; ${pair!}`, `${pair!}; a=b`, `a=b;${pair!};c=d`])
      expect(browserIn(header)).toBe(browser);
  });

  it('should not be read from anything else', () => {
    for (const header of [
      undefined,
      '',
      'a=b',
      'parley_oidc=short',
      `xparley_oidc=${newBrowser()}`,
      `parley_oidc=${newBrowser()}x`,
    ])
      expect(browserIn(header)).toBeNull();
  });

  it('should go over https only where the server is reached so', () => {
    expect(browserCookie('b', 600, true)).toBe(
      'parley_oidc=b; Path=/v1/auth/oidc; Max-Age=600; HttpOnly; SameSite=Lax; Secure',
    );
    expect(browserCookie('b', 600, false)).not.toContain('Secure');
  });
});
