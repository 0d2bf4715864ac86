import { buildBrowserCookie, parseBrowserToken, generateBrowserToken } from './browser-cookie.js';

describe('the cookie of a browser', () => {
  it('should be read back from among others', () => {
    const browserToken = generateBrowserToken();
    const [cookie] = buildBrowserCookie(browserToken, 600, true).split(';');
    for (const header of [cookie!, `a=b; ${cookie!}`, `${cookie!}; a=b`, `a=b;${cookie!};c=d`])
      expect(parseBrowserToken(header)).toBe(browserToken);
  });

  it('should not be read from anything else', () => {
    for (const header of [
      undefined,
      '',
      'a=b',
      'parley_oidc=short',
      `xparley_oidc=${generateBrowserToken()}`,
      `parley_oidc=${generateBrowserToken()}x`,
    ])
      expect(parseBrowserToken(header)).toBeNull();
  });

  it('should go over https only where the server is reached so', () => {
    expect(buildBrowserCookie('b', 600, true)).toBe(
      'parley_oidc=b; Path=/v1/auth/oidc; Max-Age=600; HttpOnly; SameSite=Lax; Secure',
    );
    expect(buildBrowserCookie('b', 600, false)).not.toContain('Secure');
  });
});
