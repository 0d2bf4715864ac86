const MAX_NAME_BYTES = 255;
const MAX_EXTENSION_LENGTH = 20;
const UNSAFE_CHARACTERS = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]',
  'g',
);

/**
 * Sanitizes a file name: removes folders, control characters and characters that change the writing direction (with
 * which `exe.gpj` reads `jpg.exe`), and shortens it to 255 bytes, keeping the extension. Returns `file` if nothing
 * remains.
 */
export function cleanFileName(name: string): string {
  const base = (name as string & { toWellFormed(): string })
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSAFE_CHARACTERS, '')
    .split(/[/\\]/)
    .at(-1)!
    .trim();
  if (base === '' || base === '.' || base === '..') return 'file';
  if (Buffer.byteLength(base) <= MAX_NAME_BYTES) return base;
  const dot = base.lastIndexOf('.');
  const extension = dot > 0 && base.length - dot <= MAX_EXTENSION_LENGTH ? base.slice(dot) : '';
  return (
    truncateBytes(base.slice(0, base.length - extension.length), MAX_NAME_BYTES - Buffer.byteLength(extension)) +
    extension
  );
}

function truncateBytes(text: string, bytes: number): string {
  let truncated = '';
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    truncated += character;
  }
  return truncated;
}
