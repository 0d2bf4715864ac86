import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { detectMarkup, decodeText } from './sniff-text.js';

/** Bytes to inspect at the start of a file: enough for the size of a photo after a long EXIF block. */
export const HEAD_BYTES = 256 * 1024;

const TEXT_BY_EXTENSION: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.json': 'application/json',
  '.ndjson': 'application/x-ndjson',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
  '.ics': 'text/calendar',
  '.vcf': 'text/vcard',
  '.eml': 'message/rfc822',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.xml': 'application/xml',
};
const DECLARABLE_TEXT = new Set(Object.values(TEXT_BY_EXTENSION));

const OLD_OFFICE_BY_EXTENSION: Readonly<Record<string, string>> = {
  '.doc': 'application/msword',
  '.xls': 'application/vnd.ms-excel',
  '.ppt': 'application/vnd.ms-powerpoint',
  '.msg': 'application/vnd.ms-outlook',
};

// Detected by two or three letters that a text can also start with.
const AMBIGUOUS_TYPES = new Set([
  'image/bmp',
  'application/x-msdownload',
  'application/x-bzip2',
  'application/x-compress',
  'audio/mpeg',
  'video/x-flv',
]);

/**
 * Detects the MIME type of a file, without parameters, from its first bytes. The declared type counts only if the bytes
 * are ambiguous and the difference is harmless: the kind of a text, or the program of an old Office file. Markup is
 * always detected as such, and unknown content is `application/octet-stream`.
 */
export async function sniffFile(head: Buffer, declaredName: string, declaredType: string): Promise<string> {
  const text = decodeText(head);
  const markup = text === null ? null : detectMarkup(text);
  if (markup !== null) return markup === 'svg' ? 'image/svg+xml' : 'text/html';
  const detected = await fileTypeFromBuffer(head).catch(() => undefined);
  if (detected && !(text !== null && AMBIGUOUS_TYPES.has(detected.mime)))
    return withoutParameters(detected.mime, declaredName);
  return text === null ? 'application/octet-stream' : resolveTextType(declaredName, declaredType);
}

function withoutParameters(mime: string, name: string): string {
  const type = mime.split(';')[0]!.trim();
  return type === 'application/x-cfb' ? (OLD_OFFICE_BY_EXTENSION[extname(name).toLowerCase()] ?? type) : type;
}

function resolveTextType(name: string, declaredType: string): string {
  const declared = declaredType.split(';')[0]!.trim().toLowerCase();
  return DECLARABLE_TEXT.has(declared) ? declared : (TEXT_BY_EXTENSION[extname(name).toLowerCase()] ?? 'text/plain');
}
