import { create } from 'content-disposition';
import { cleanFileName } from './file-name.js';
import { RASTER_IMAGES } from './image-dimensions.js';

const PASSIVE =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|text\/(?:plain|csv|tab-separated-values|markdown|calendar|vcard)$|application\/(?:pdf|json|zip|gzip|msword|vnd\.))/;
const SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

/** Returns true if content of this type can be shown inline: raster images, audio, video and PDF. */
export function isInline(type: string): boolean {
  return (
    RASTER_IMAGES.has(type) || type.startsWith('audio/') || type.startsWith('video/') || type === 'application/pdf'
  );
}

/**
 * Headers that make it safe to serve an untrusted file from our own origin: no active content runs, and types that are
 * not {@link isInline} are downloaded. The name is encoded according to RFC 6266 and RFC 8187.
 */
export function contentHeaders(name: string, type: string): Record<string, string> {
  const inline = isInline(type);
  return {
    'content-type': servedType(type),
    'content-disposition': create(cleanFileName(name), { type: inline ? 'inline' : 'attachment' }),
    'x-content-type-options': 'nosniff',
    // Built-in PDF viewers do not work in a sandbox, and they run no page scripts.
    ...(type !== 'application/pdf' && { 'content-security-policy': SANDBOX }),
    'cross-origin-resource-policy': 'cross-origin',
  };
}

function servedType(type: string): string {
  if (!PASSIVE.test(type)) return 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
