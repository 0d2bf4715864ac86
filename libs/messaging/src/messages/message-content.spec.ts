import fc from 'fast-check';
import {
  buildMessageBody,
  buildPreview,
  htmlToText,
  isEmptyMessage,
  resolveInlineFiles,
  toSafeHtml,
} from './message-content.js';
import type { Attachment } from './message.view.js';

describe('htmlToText', () => {
  it.each([
    ['<p>Hello<br>you &amp; me &lt;b&gt;</p><p>x</p>', 'Hello\nyou & me <b>\nx'],
    ['<ul><li>a</li><li>b <b>c</b></li></ul><ol><li>d</li></ol>', '* a\n* b c\n1. d'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    [
      '<blockquote>quoted</blockquote>after <a href="https://example.com">link</a><h1>Title</h1>',
      '> quoted\nafter link\nTitle',
    ],
  ])('should convert %s to plain text', (html, text) => {
    expect(htmlToText(toSafeHtml(html))).toBe(text);
  });
});

describe('buildMessageBody', () => {
  it('should not change plain text', () => {
    expect(buildMessageBody('text', 'a < b & <b>c</b>', null)).toEqual({ body: 'a < b & <b>c</b>', bodyHtml: null });
  });

  it('should render Markdown to HTML and escape markup in it', () => {
    expect(buildMessageBody('markdown', '**Hi** <b>x</b>\nthere', null)).toEqual({
      body: '**Hi** <b>x</b>\nthere',
      bodyHtml: '<p><strong>Hi</strong> &lt;b&gt;x&lt;/b&gt;<br />\nthere</p>',
    });
  });

  it('should extract the text of HTML line by line', () => {
    const { body, bodyHtml } = buildMessageBody(
      'html',
      '<p>Fish &amp; chips</p><script>alert(1)</script><ul><li>one</li><li>two</li></ul>',
      null,
    );
    expect(body).toBe('Fish & chips\n* one\n* two');
    expect(bodyHtml).toBe('<p>Fish &amp; chips</p><ul><li>one</li><li>two</li></ul>');
  });

  it('should keep the given text when HTML is given as well', () => {
    expect(buildMessageBody('text', 'plain', '<p onclick="x()">rich</p>')).toEqual({
      body: 'plain',
      bodyHtml: '<p>rich</p>',
    });
    expect(buildMessageBody('text', '', '<p>rich</p>').body).toBe('rich');
  });
});

describe('buildPreview', () => {
  it('should return the first 200 characters without splitting a character', () => {
    expect(buildPreview(`${'x'.repeat(199)}😀y`)).toBe(`${'x'.repeat(199)}😀`);
    expect(buildPreview('😀'.repeat(300))).toBe('😀'.repeat(200));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (body) =>
        expect([...body].join('').startsWith(buildPreview(body))).toBe(true),
      ),
    );
  });
});

describe('isEmptyMessage', () => {
  it('should be false when the message has text, an image or rich content', () => {
    expect(isEmptyMessage('text', { body: '', bodyHtml: null })).toBe(true);
    expect(isEmptyMessage('html', buildMessageBody('html', '<script>x</script>', null))).toBe(true);
    expect(isEmptyMessage('html', buildMessageBody('html', '<img src="https://example.com/a.png">', null))).toBe(false);
    expect(isEmptyMessage('cards', { body: '', bodyHtml: null })).toBe(false);
    expect(isEmptyMessage('text', { body: 'x', bodyHtml: null })).toBe(false);
  });
});

describe('toSafeHtml', () => {
  it.each([
    ['<a href="javascript:alert(1)">x</a>', /javascript/i],
    ['<img src=x onerror=alert(1)>', /onerror/i],
    ['<svg/onload=alert(1)>', /svg|onload/i],
    ['<style>*{}</style>', /style/i],
    ['<p style="background:url(//evil)">x</p>', /evil/],
    ['<img src="data:text/html,x">', /data:/],
    ['<a href="//evil.example">x</a>', /evil/],
    ['<form action="/x"><input></form>', /form|input/],
    ['<p style="position:fixed">x</p>', /position/],
  ])('should remove active or external content from %s', (html, bad) => {
    expect(toSafeHtml(html)).not.toMatch(bad);
  });

  it('should be idempotent', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '<a href="https://x.example">',
      '&amp;',
      '<',
      '>',
      '"',
      'text',
      '<img src="cid:a">',
      '<script>',
      '</div>',
      '<br>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) =>
        expect(toSafeHtml(toSafeHtml(pieces.join('')))).toBe(toSafeHtml(pieces.join(''))),
      ),
      { examples: [[['<p>', '<', 'text', '<p>', '<p>']]] },
    );
  });

  it('should process deep and long HTML', () => {
    expect(htmlToText(toSafeHtml(`${'<div>'.repeat(20_000)}deep${'<b>x'.repeat(5_000)}`))).toContain('deep');
  });
});

describe('resolveInlineFiles', () => {
  const picture: Attachment = {
    id: 'f1',
    name: 'a.png',
    size: 1,
    mime_type: 'image/png',
    width: 1,
    height: 1,
    content_id: 'a&b@mail',
    inline: true,
  };
  const buildFileUrl = (id: string): string => `https://parley.example/${id}?a=1&b=2`;

  it('should link inline images to their files and not change others', () => {
    const html = toSafeHtml('<img src="cid:a&amp;b@mail"><img src="cid:other"><p>src="cid:a&amp;b@mail"</p>');
    expect(resolveInlineFiles(html, [picture], buildFileUrl)).toBe(
      '<img src="https://parley.example/f1?a=1&amp;b=2" /><img src="cid:other" /><p>src="cid:a&amp;b@mail"</p>',
    );
  });
});
