import { markdownToHtml, toSafeHtml, htmlToText } from './message-html.js';
import type { ContentType } from './message.view.js';

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
    return { body: body === '' ? htmlToText(html) : body, bodyHtml: html };
  }
  if (contentType === 'html') {
    const html = toSafeHtml(body);
    return { body: htmlToText(html), bodyHtml: html };
  }
  return { body, bodyHtml: contentType === 'markdown' ? markdownToHtml(body) : null };
}

const MAX_PREVIEW_LENGTH = 200;

/** Returns the first 200 characters of a body, without splitting a surrogate pair. */
export function buildPreview(body: string): string {
  return [...body.slice(0, 2 * MAX_PREVIEW_LENGTH)].slice(0, MAX_PREVIEW_LENGTH).join('');
}

const TEXT_CONTENT_TYPES: ReadonlySet<ContentType> = new Set(['text', 'markdown', 'html']);

/** Returns true if a message without attachments has no content. Rich content and images count as content. */
export function isEmptyMessage(contentType: ContentType, { body, bodyHtml }: MessageBody): boolean {
  return body === '' && TEXT_CONTENT_TYPES.has(contentType) && !bodyHtml?.includes('<img');
}
