import { cpuTimeOf } from '@parley/kernel/testing';
import fc from 'fast-check';
import { renderBody } from './article-text.js';

describe('renderBody', () => {
  it('should render headings, emphasis, links, tables and code', () => {
    const { html } = renderBody(
      '# Hi\n\n**a** ~~b~~ [c](https://example.com)\n\n|x|y|\n|-|:-:|\n|1|2|\n\n```js\nif (a < b) {}\n```',
    );
    expect(html).toContain('<h1>Hi</h1>');
    expect(html).toContain('<strong>a</strong> <s>b</s> <a href="https://example.com" rel="noopener noreferrer">c</a>');
    expect(html).toContain('<td style="text-align:center">2</td>');
    expect(html).toContain('<code class="language-js">if (a &lt; b) {}\n</code>');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[click](javascript:alert(1))',
    '[click](JaVaScRiPt:alert(1))',
    '[click](&#106;avascript:alert(1))',
    '![x](data:text/html;base64,PHNjcmlwdD4=)',
    '<iframe src="https://evil.example"></iframe>',
    '<a href="#" onclick="alert(1)">x</a>',
    '[x](https://example.com"onmouseover="alert(1))',
    '```"><script>alert(1)</script>\nx\n```',
  ])('should neutralize %s', (body) => {
    const { html } = renderBody(body);
    const tags = (html.match(/<[^>]*>/g) ?? []).join('');
    expect(tags.replace(/"[^"]*"/g, '""')).not.toMatch(/script|iframe|\son\w+=/i);
    for (const [, url] of tags.matchAll(/(?:href|src)="([^"]*)"/g)) expect(url).toMatch(/^(https?|mailto|tel):/);
  });

  it('should return the plain text for search and excerpts', () => {
    expect(renderBody('# Fish & chips\n\nA **salty** dish: `x < y`.\n\n- one\n- two').text).toBe(
      'Fish & chips\nA salty dish: x < y.\none\ntwo',
    );
  });

  it('should never output a tag outside of the allowlist for any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '<',
            '>',
            '"',
            "'",
            '&',
            '[',
            ']',
            '(',
            ')',
            '`',
            '*',
            '!',
            ':',
            '/',
            '\n',
            ' ',
            'a',
            'javascript:',
            'onerror=',
            'script',
          ),
          maxLength: 60,
        }),
        (body) => {
          const names = [...renderBody(body).html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name!.toLowerCase());
          return names.every((name) =>
            ['p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'li', 'strong', 'em', 'a', 'img', 'h1', 'h2'].includes(
              name,
            ),
          );
        },
      ),
    );
  });

  it.each([
    '['.repeat(100_000),
    '_a__'.repeat(25_000),
    '> '.repeat(50_000),
    '*a '.repeat(33_000),
    '|a'.repeat(25_000) + '\n' + '|-'.repeat(25_000),
  ])('should finish within seconds for hostile text', (body) => {
    expect(cpuTimeOf(() => renderBody(body))).toBeLessThan(5_000);
  });
});
