const MARKUP_SCAN_LENGTH = 4096;
// All control characters except those for lines, tabs, pages and terminal colors.
const CONTROL = new RegExp('[\\u0000-\\u0008\\u000e-\\u001a\\u001c-\\u001f\\u007f]');
const PROLOGUE = /^(?:\s|<\?[^>]*>|<!--[\s\S]*?-->|<!doctype\s+(?!html)[^>[]*(?:\[[\s\S]*?\])?[^>]*>)*/i;
const SVG = /^<(?:[\w-]+:)?svg[\s/>]/i;
// Tags by which browsers detect HTML (WHATWG MIME Sniffing, 7.1), and some more that run scripts.
const HTML =
  /^<(?:!doctype\s+html|html|head|body|script|iframe|style|title|meta|link|base|object|embed|form|img|a|div|p|h1|table|br|font|b)[\s/>]/i;
const OPEN_COMMENT = /^<!--/;

/** Decodes the first bytes of a text; null if they are not text. */
export function decodeText(head: Buffer): string | null {
  const text = decode(head);
  return text === null || CONTROL.test(text) ? null : text;
}

function decode(head: Buffer): string | null {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // `stream` tolerates a character that is cut at the end.
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
}

/** Returns the markup that a browser could detect in the text; null for none. */
export function detectMarkup(text: string): 'svg' | 'html' | null {
  const start = text.slice(0, MARKUP_SCAN_LENGTH).replace(PROLOGUE, '');
  if (SVG.test(start)) return 'svg';
  return HTML.test(start) || OPEN_COMMENT.test(start) ? 'html' : null;
}
