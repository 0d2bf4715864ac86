import { compile, type FormatCallback } from 'html-to-text';

/** The host of a web link. Null for other links. */
function hostOf(href: string | undefined): string | null {
  return /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(href?.trim() ?? '')?.[1]?.toLowerCase() ?? null;
}

// A text that does not name the host of its link is followed by it, so that searches and rules find the host.
const formatLink: FormatCallback = (element, walk, builder) => {
  let text = '';
  builder.pushWordTransform((word) => {
    text += word;
    return word;
  });
  walk(element.children, builder);
  builder.popWordTransform();
  const host = hostOf(element.attribs.href);
  if (host !== null && text.trim() !== '' && !text.toLowerCase().includes(host)) builder.addInline(` (${host})`);
};

const BLOCK = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

// Plain text for search and previews: of links, only the host; headings as written.
const toPlainText = compile({
  wordwrap: false,
  formatters: { link: formatLink },
  limits: { maxDepth: 100, ellipsis: '' },
  selectors: [
    { selector: 'a', format: 'link' },
    { selector: 'img', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '* ', ...BLOCK } },
    { selector: 'ol', options: BLOCK },
    { selector: 'p', options: BLOCK },
    { selector: 'blockquote', options: { ...BLOCK, trimEmptyLines: true } },
    { selector: 'pre', options: BLOCK },
    ...['dt', 'dd', 'figure', 'figcaption', 'address', 'center', 'hgroup', 'li'].map((selector) => ({
      selector,
      format: 'block',
      options: BLOCK,
    })),
    { selector: 'menu', format: 'unorderedList', options: { itemPrefix: '* ', ...BLOCK } },
    { selector: 'hr', format: 'lineBreak' },
    { selector: 'table', options: BLOCK },
    { selector: 'tr', format: 'block', options: BLOCK },
    { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false, ...BLOCK } })),
  ],
});

/** Returns the plain text of sanitized HTML, with one line per block. */
export function htmlToText(html: string): string {
  return toPlainText(html)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
