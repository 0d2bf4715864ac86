import { truncateText } from '@parley/kernel/text';
import { compile, type FormatCallback } from 'html-to-text';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import type { Attachment, ContentType } from './message.view.js';

/** Stored content of a message. */
export interface MessageBody {
  /** Plain text or Markdown. */
  readonly body: string;
  /** Sanitized HTML version; null if there is none. */
  readonly bodyHtml: string | null;
}

/**
 * Builds the stored content. HTML is sanitized and its text extracted; Markdown is kept and rendered to sanitized HTML;
 * HTML that accompanies a text is sanitized.
 */
export function buildMessageBody(contentType: ContentType, body: string, bodyHtml: string | null): MessageBody {
  if (bodyHtml !== null) {
    const html = toSafeHtml(bodyHtml);
    return { body: isBlank(body) ? htmlToText(html) : body, bodyHtml: html };
  }
  if (contentType === 'html') {
    const html = toSafeHtml(body);
    return { body: htmlToText(html), bodyHtml: html };
  }
  return { body, bodyHtml: contentType === 'markdown' ? markdownToHtml(body) : null };
}

const MAX_PREVIEW_LENGTH = 200;

/** Returns the first 200 characters of a body. */
export function buildPreview(body: string): string {
  return truncateText(body, MAX_PREVIEW_LENGTH);
}

const TEXT_CONTENT_TYPES: ReadonlySet<ContentType> = new Set(['text', 'markdown', 'html']);

// Also characters that are invisible without others, such as the zero-width joiner and the Hangul and Braille fillers.
const BLANK = /^[\s\p{Cf}\u115f\u1160\u2800\u3164\uffa0]*$/u;

// Sanitizing leaves images without a source.
const IMAGE = /<img [^>]*src="/;

function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** Returns true if a message without attachments has no content. Rich content and images count as content. */
export function isEmptyMessage(contentType: ContentType, { body, bodyHtml }: MessageBody): boolean {
  return isBlank(body) && TEXT_CONTENT_TYPES.has(contentType) && !IMAGE.test(bodyHtml ?? '');
}

/** Maximum number of users that one note can mention. */
export const MAX_MENTIONS = 50;

// A name ends at the first "](" and can contain brackets.
const MENTION = /@\[((?:(?!@\[|\]\()[^\n]){1,200})\]\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/gi;

/** Returns the ids of the users that a text mentions as `@[Name](user id)`, each once, in order. */
export function parseMentionedIds(text: string): string[] {
  return [...new Set([...text.matchAll(MENTION)].map(([, , id]) => id!.toLowerCase()))].slice(0, MAX_MENTIONS);
}

/** Replaces mentions in a text with `@Name`. Brackets in names can be escaped with a backslash. */
export function renderMentions(text: string): string {
  return text.replace(MENTION, (_mention, name: string) => `@${name.replace(/\\([\\[\]])/g, '$1')}`);
}

// Shows markup in Markdown as text and keeps line breaks, as users expect in chats.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });

const COLOR = /^(#[0-9a-f]{3,8}|rgba?\([\d\s.,%]{1,40}\)|[a-z]{1,20})$/i;

const SANITIZE_OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img', 'del', 'ins', 'strike', 'big', 'tt', 'center', 'font'],
  nonTextTags: ['script', 'style', 'textarea', 'option', 'title', 'template', 'noembed', 'noframes', 'iframe'],
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
    // Blocks that are not allowed still separate their text from the rest.
    ...Object.fromEntries(
      ['form', 'fieldset', 'legend', 'details', 'summary', 'dialog', 'search', 'body'].map((name) => [name, 'div']),
    ),
    dir: 'ul',
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer', target: '_blank' } }),
  },
};

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot);/g, (entity) => ENTITIES[entity]!);
}

const MAX_SANITIZE_PASSES = 4;

/**
 * Sanitizes HTML: removes scripts and everything that loads external content without a user action, except images.
 * Repeated until nothing changes, because invalid HTML can leave tags that are parsed differently the next time.
 */
export function toSafeHtml(html: string): string {
  let safe = sanitizeHtml(html, SANITIZE_OPTIONS);
  for (let pass = 1; pass < MAX_SANITIZE_PASSES; pass += 1) {
    const again = sanitizeHtml(safe, SANITIZE_OPTIONS);
    if (again === safe) break;
    safe = again;
  }
  return safe;
}

/** Maximum number of images in the HTML of one message. */
export const MAX_PASTED_IMAGES = 20;

const DATA_IMAGE = /^data:image\/(png|jpeg|jpg|gif|webp|avif|bmp);base64,([a-z0-9+/=\s]+)$/i;

/** An image that was pasted into HTML as a `data:` URL. */
export interface PastedImage {
  readonly contentId: string;
  /** File name. */
  readonly name: string;
  /** MIME type as declared. */
  readonly type: string;
  readonly content: Buffer;
}

/**
 * Replaces the raster images with `data:` URLs by `cid:` references, and returns them. Other `data:` URLs are removed
 * when the HTML is sanitized.
 */
export function extractPastedImages(html: string, newContentId: () => string): { html: string; images: PastedImage[] } {
  const images: PastedImage[] = [];
  if (!/data:image/i.test(html)) return { html, images };
  const extracted = sanitizeHtml(html, {
    ...SANITIZE_OPTIONS,
    transformTags: {
      ...SANITIZE_OPTIONS.transformTags,
      img: (tagName, attribs) => {
        const [, format, data] = DATA_IMAGE.exec(attribs.src?.trim() ?? '') ?? [];
        if (format === undefined) return { tagName, attribs };
        const contentId = newContentId();
        const name = `image-${images.length + 1}.${format.toLowerCase().replace('jpeg', 'jpg')}`;
        const type = `image/${format.toLowerCase().replace('jpg', 'jpeg')}`;
        images.push({ contentId, name, type, content: Buffer.from(data!, 'base64') });
        return { tagName, attribs: { ...attribs, src: `cid:${contentId}` } };
      },
    },
  });
  return { html: extracted, images };
}

/** Renders Markdown to sanitized HTML. */
export function markdownToHtml(text: string): string {
  return toSafeHtml(markdown.render(text)).trimEnd();
}

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

/**
 * Moves the sources of remote images in HTML from {@link toSafeHtml} to the attribute `data-src`, so that opening a
 * message does not inform its sender. Returns the number of these images. Sanitized HTML loads nothing else.
 */
export function blockRemoteImages(html: string): { html: string; count: number } {
  let count = 0;
  const blocked = html.replace(/<img [^>]*>/g, (image) =>
    // Everything but attached files: browsers ignore spaces and line breaks in an address.
    image.replace(/ src="(?!cid:)([^"]*)"/i, (_source, url: string) => {
      count += 1;
      return ` data-src="${url}"`;
    }),
  );
  return { html: blocked, count };
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
