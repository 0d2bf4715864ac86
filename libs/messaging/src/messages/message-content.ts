import { htmlOfMarkdown, safeHtml, textOfHtml } from './message-html.js';
import type { ContentType } from './message.view.js';

/** The words of a message, as they are kept. */
export interface MessageWords {
  /** Readable as it is. */
  readonly body: string;
  /** The same in safe HTML; null for what has none. */
  readonly bodyHtml: string | null;
}

/**
 * The words as they are kept. HTML becomes safe HTML with its text beside it, Markdown keeps its text with safe HTML beside it; HTML that came
 * along with a text of its own is made safe.
 */
export function messageWords(contentType: ContentType, body: string, bodyHtml: string | null): MessageWords {
  if (bodyHtml !== null) {
    const html = safeHtml(bodyHtml);
    return { body: body === '' ? textOfHtml(html) : body, bodyHtml: html };
  }
  if (contentType === 'html') {
    const html = safeHtml(body);
    return { body: textOfHtml(html), bodyHtml: html };
  }
  return { body, bodyHtml: contentType === 'markdown' ? htmlOfMarkdown(body) : null };
}

const LONGEST_PREVIEW = 200;

/** The first characters of a body, none of them cut in two. */
export function preview(body: string): string {
  return [...body.slice(0, 2 * LONGEST_PREVIEW)].slice(0, LONGEST_PREVIEW).join('');
}

const OF_WORDS: ReadonlySet<ContentType> = new Set(['text', 'markdown', 'html']);

/** Whether a message without words and files says nothing at all: cards and the like speak for themselves, and so do pictures. */
export function saysNothing(contentType: ContentType, { body, bodyHtml }: MessageWords): boolean {
  return body === '' && OF_WORDS.has(contentType) && !bodyHtml?.includes('<img');
}
