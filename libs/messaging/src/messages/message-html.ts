import { compile } from 'html-to-text';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import type { Attachment } from './message.view.js';

// Shows markup in Markdown as text and keeps line breaks, as users expect in chats.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });

const COLOR = /^(#[0-9a-f]{3,8}|rgba?\([\d\s.,%]{1,40}\)|[a-z]{1,20})$/i;

const SANITIZE_OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img', 'del', 'ins', 'center', 'font'],
  allowedAttributes: {
    a: ['href', 'title', 'rel', 'target'],
    img: ['src', 'alt', 'title', 'width', 'height'],
    td: ['colspan', 'rowspan', 'align', 'valign'],
    th: ['colspan', 'rowspan', 'align', 'valign'],
    ol: ['start', 'type'],
    font: ['color'],
    '*': ['style', 'dir', 'lang'],
  },
  allowedStyles: {
    '*': {
      color: [COLOR],
      'background-color': [COLOR],
      'text-align': [/^(left|right|center|justify)$/],
      'font-weight': [/^(bold|normal|\d{3})$/],
      'font-style': [/^(italic|normal)$/],
      'text-decoration': [/^(underline|line-through|none)$/],
    },
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'cid'] },
  allowProtocolRelative: false,
  nestingLimit: 100,
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer', target: '_blank' } }),
  },
};

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot);/g, (entity) => ENTITIES[entity]!);
}

/** Sanitizes HTML: removes scripts and everything that loads external content without a user action, except images. */
export function toSafeHtml(html: string): string {
  return sanitizeHtml(html, SANITIZE_OPTIONS);
}

/** Renders Markdown to sanitized HTML. */
export function markdownToHtml(text: string): string {
  return toSafeHtml(markdown.render(text)).trimEnd();
}

const BLOCK = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

// Plain text for search and previews: no link targets, headings as written.
const toPlainText = compile({
  wordwrap: false,
  limits: { maxDepth: 100, ellipsis: '' },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '* ', ...BLOCK } },
    { selector: 'ol', options: BLOCK },
    { selector: 'p', options: BLOCK },
    { selector: 'blockquote', options: { ...BLOCK, trimEmptyLines: true } },
    { selector: 'pre', options: BLOCK },
    { selector: 'table', options: BLOCK },
    { selector: 'tr', format: 'block', options: BLOCK },
    { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false, ...BLOCK } })),
  ],
});

/** Returns the plain text of HTML from {@link toSafeHtml}, with one line per block. */
export function htmlToText(html: string): string {
  return toPlainText(html)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Replaces `cid:` references of inline images with the URLs of their files. */
export function resolveInlineFiles(
  html: string,
  attachments: readonly Attachment[],
  buildFileUrl: (fileId: string) => string,
): string {
  const files = new Map(
    attachments.filter(({ content_id }) => content_id != null).map(({ id, content_id }) => [content_id, id]),
  );
  if (files.size === 0) return html;
  return html.replace(/ src="cid:([^"]*)"/g, (match, reference: string) => {
    const id = files.get(decodeEntities(reference));
    return id === undefined ? match : ` src="${buildFileUrl(id).replaceAll('&', '&amp;')}"`;
  });
}
