import { markdownToHtml, toSafeHtml, htmlToText } from './message-html.js';
import type { ContentType } from './message.view.js';

/** The words of a message, as they are kept. */
export interface MessageBody {
  /** Readable as it is. */
  readonly body: string;
  /** The same in safe HTML; null for what has none. */
  readonly bodyHtml: string | null;
}

/**
 * The words as they are kept. HTML becomes safe HTML with its text beside it, Markdown keeps its text with safe HTML beside it; HTML that came
 * along with a text of its own is made safe.
 */
export function buildMessageBody(contentType: ContentType, body: string, bodyHtml: string | null): MessageBody {
  if (bodyHtml !== null) {
    const html = toSafeHtml(bodyHtml);
    return { body: body === '' ? htmlToText(html) : body, bodyHtml: html };
  }
  if (contentType === 'html') {
    const html = toSafeHtml(body);
    return { body: htmlToText(html), bodyHtml: html };
  }
  return { body, bodyHtml: contentType === 'markdown' ? markdownToHtml(body) : null };
}

const MAX_PREVIEW_LENGTH = 200;

/** The first characters of a body, none of them cut in two. */
export function buildPreview(body: string): string {
  return [...body.slice(0, 2 * MAX_PREVIEW_LENGTH)].slice(0, MAX_PREVIEW_LENGTH).join('');
}

const TEXT_CONTENT_TYPES: ReadonlySet<ContentType> = new Set(['text', 'markdown', 'html']);

/** Whether a message without words and files says nothing at all: cards and the like speak for themselves, and so do pictures. */
export function isEmptyMessage(contentType: ContentType, { body, bodyHtml }: MessageBody): boolean {
  return body === '' && TEXT_CONTENT_TYPES.has(contentType) && !bodyHtml?.includes('<img');
}
