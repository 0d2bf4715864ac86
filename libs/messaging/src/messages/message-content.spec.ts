import fc from 'fast-check';
import {
  htmlToText,
  buildMessageBody,
  blockRemoteImages,
  buildPreview,
  extractPastedImages,
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
      '> quoted\nafter link (example.com)\nTitle',
    ],
    ['<p><a href="https://shop.example/x?y=1">Pay <b>now</b></a>!</p>', 'Pay now (shop.example)!'],
    ['<a href="HTTPS://me@Shop.example:8443/x">Shop.Example/x</a>', 'Shop.Example/x'],
    ['<a href="https://evil.example/">https://bank.example</a>', 'https://bank.example (evil.example)'],
    ['<a href="mailto:a@b.example">write</a> <a href="tel:+1">call</a> <a>none</a>', 'write call none'],
    ['a<a href="https://shop.example"><img src="cid:logo"></a>b', 'ab'],
  ])('should convert %s to plain text', (html, text) => {
    expect(htmlToText(toSafeHtml(html))).toBe(text);
  });
});

describe('htmlToText of blocks', () => {
  it.each([
    'div',
    'section',
    'article',
    'header',
    'footer',
    'main',
    'nav',
    'aside',
    'address',
    'center',
    'figure',
    'figcaption',
    'hgroup',
    'dt',
    'dd',
    'pre',
    'p',
    'h1',
    'form',
    'fieldset',
    'details',
    'dialog',
    'body',
  ])('should put a %s on its own line', (name) => {
    expect(htmlToText(toSafeHtml(`a<${name}>b</${name}>c`))).toBe('a\nb\nc');
  });

  it.each([
    ['a<hr>b', 'a\nb'],
    ['a<br>b', 'a\nb'],
    ['a<blockquote>b<br>c</blockquote>d', 'a\n> b\n> c\nd'],
    ['a<pre>b\n  c</pre>d', 'a\nb\nc\nd'],
    ['<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>', 'a\nb\nc'],
    ['<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>', 'a b\nc d'],
    ['<table><caption>t</caption><tr><td>a</td></tr></table>b', 't\na\nb'],
    ['<td>a</td><td>b</td>', 'a b'],
    ['a<menu><li>b</li><li>c</li></menu>d', 'a\n* b\n* c\nd'],
    ['<li>a</li><li>b</li>', 'a\nb'],
    ['<figure><img src="cid:x"><figcaption>b</figcaption></figure>c', 'b\nc'],
    ['<details><summary>a</summary>b</details>', 'a\nb'],
    ['a<span>b</span><b>c</b><strike>d</strike>', 'abcd'],
    ['<head><title>Title</title></head><body>a</body>', 'a'],
    ['<svg><title>Title</title></svg>a<template>b</template>', 'a'],
  ])('should keep the words of %s apart', (html, text) => {
    expect(htmlToText(toSafeHtml(html))).toBe(text);
  });
});

describe('extractPastedImages', () => {
  const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

  it('should replace images with references and return their content', () => {
    let count = 0;
    const { html, images } = extractPastedImages(
      `<p>a<img alt="x" src="data:image/png;base64,${PIXEL}"><img src="DATA:image/JPEG;base64,/9j/"></p>`,
      () => `id-${(count += 1)}`,
    );
    expect(html).toBe('<p>a<img alt="x" src="cid:id-1" /><img src="cid:id-2" /></p>');
    expect(images).toEqual([
      { contentId: 'id-1', name: 'image-1.png', type: 'image/png', content: Buffer.from(PIXEL, 'base64') },
      { contentId: 'id-2', name: 'image-2.jpg', type: 'image/jpeg', content: Buffer.from('/9j/', 'base64') },
    ]);
  });

  it.each([
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<img src="data:text/html;base64,PHN2Zz4=">',
    '<img src="data:image/png,raw">',
    '<a href="data:image/png;base64,AAAA">x</a>',
    '<p style="background:url(data:image/png;base64,AAAA)">x</p>',
  ])('should return no image of %s', (html) => {
    const extracted = extractPastedImages(html, () => 'id');
    expect(extracted.images).toEqual([]);
    expect(toSafeHtml(extracted.html)).not.toContain('data:');
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
    expect(buildMessageBody('text', ' \n', '<p>rich</p>').body).toBe('rich');
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
    for (const body of [' ', '\u00a0\t\n', '\u200b\u200d', '\u3164', '\u2800', '\ufeff'])
      expect(isEmptyMessage('text', { body, bodyHtml: null })).toBe(true);
    expect(isEmptyMessage('html', buildMessageBody('html', '<p>&nbsp;</p><title>x</title>', null))).toBe(true);
    expect(isEmptyMessage('html', buildMessageBody('html', '<script>x</script>', null))).toBe(true);
    expect(isEmptyMessage('html', buildMessageBody('html', '<img src="https://example.com/a.png">', null))).toBe(false);
    expect(isEmptyMessage('cards', { body: '', bodyHtml: null })).toBe(false);
    expect(isEmptyMessage('text', { body: 'x', bodyHtml: null })).toBe(false);
  });
});

describe('toSafeHtml', () => {
  it('should keep text decorations', () => {
    const html = '<strike>a</strike><s>b</s><del>c</del><ins>d</ins><big>e</big><tt>f</tt>';
    expect(toSafeHtml(html)).toBe(html);
  });

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

describe('blockRemoteImages', () => {
  it('should move the sources of remote images and count them', () => {
    const html = toSafeHtml(
      '<p style="background:url(https://evil.example/a.png)">src="https://a.example" ' +
        '<img alt="a src=&quot;https://b.example&quot;" src="https://track.example/?a=1&b=2" srcset="https://c.example/2x.png 2x">' +
        '<IMG SRC=HTTP://track.example/b.png><img src="cid:logo"></p><a href="https://d.example">x</a>',
    );
    expect(blockRemoteImages(html)).toEqual({
      html:
        '<p>src="https://a.example" ' +
        '<img alt="a src=&quot;https://b.example&quot;" data-src="https://track.example/?a=1&amp;b=2" />' +
        '<img data-src="HTTP://track.example/b.png" /><img src="cid:logo" /></p>' +
        '<a href="https://d.example" rel="noopener noreferrer" target="_blank">x</a>',
      count: 2,
    });
  });

  it.each(['" https://example.com/a.png"', '"ht\ntps://example.com/a.png"', '"/a.png"', '"hTTps://example.com/a.png"'])(
    'should move the source %j, which browsers load',
    (source) => {
      const { html, count } = blockRemoteImages(toSafeHtml(`<img src=${source}>`));
      expect(html).not.toMatch(/ src=/);
      expect(count).toBe(1);
    },
  );

  it('should leave no remote source in any HTML', () => {
    const piece = fc.constantFrom(
      '<img ',
      'src=',
      '"',
      "'",
      'https://x.example/a.png',
      'alt="',
      '>',
      ' ',
      'srcset="https://y.example 2x"',
      '<div style="background-image:url(https://z.example)">',
      '/',
      '<p>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const { html } = blockRemoteImages(toSafeHtml(pieces.join('')));
        for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag).not.toMatch(/\s(src|srcset)="(?!cid:)|url\(/i);
      }),
    );
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
