import { buildBrowserCookie, parseBrowserToken, generateBrowserToken } from './browser-cookie.js';

describe('OIDC browser cookie', () => {
  it('should be parsed when the header contains other cookies', () => {
    const browserToken = generateBrowserToken();
    const [cookie] = buildBrowserCookie(browserToken, 600, true).split(';');
    for (const header of [cookie!, `a=b; ${cookie!}`, `${cookie!}; a=b`, `a=b;${cookie!};c=d`])
      expect(parseBrowserToken(header)).toBe(browserToken);
  });

  it('should be null when the header has no valid token', () => {
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

  it('should be marked Secure only when the server is reached over https', () => {
    expect(buildBrowserCookie('b', 600, true)).toBe(
      'parley_oidc=b; Path=/v1/auth/oidc; Max-Age=600; HttpOnly; SameSite=Lax; Secure',
    );
    expect(buildBrowserCookie('b', 600, false)).not.toContain('Secure');
  });
});
