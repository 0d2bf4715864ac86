import { create } from 'content-disposition';
import { cleanFileName } from './file-name.js';
import { RASTER_IMAGES } from './image-dimensions.js';

const PASSIVE =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|text\/(?:plain|csv|tab-separated-values|markdown|calendar|vcard)$|application\/(?:pdf|json|zip|gzip|msword|vnd\.))/;
const SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

/** Whether content of this type may be shown in place: raster images, audio, video and PDF. */
export function isInline(type: string): boolean {
  return (
    RASTER_IMAGES.has(type) || type.startsWith('audio/') || type.startsWith('video/') || type === 'application/pdf'
  );
}

/**
 * Headers under which a stranger's file can be given out from our own origin: nothing in it runs, and what is not
 * {@link isInline} is saved instead of shown. The name is encoded by RFC 6266 and RFC 8187.
 */
export function contentHeaders(name: string, type: string): Record<string, string> {
  const inline = isInline(type);
  return {
    'content-type': servedType(type),
    'content-disposition': create(cleanFileName(name), { type: inline ? 'inline' : 'attachment' }),
    'x-content-type-options': 'nosniff',
    // The viewers of PDF that browsers have do not work in a sandbox; they run no scripts of a page either.
    ...(type !== 'application/pdf' && { 'content-security-policy': SANDBOX }),
    'cross-origin-resource-policy': 'cross-origin',
  };
}

function servedType(type: string): string {
  if (!PASSIVE.test(type)) return 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
