const LONGEST_BYTES = 255;
const LONGEST_EXTENSION = 20;
const NEVER_SHOWN = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]',
  'g',
);

/**
 * A file's name as it may be kept and shown: without folders, control characters and those that turn the direction
 * of writing (by which `exe.gpj` reads `jpg.exe`), of at most 255 bytes with its extension kept; `file` when nothing
 * is left.
 */
export function cleanFileName(name: string): string {
  const base = (name as string & { toWellFormed(): string })
    .toWellFormed()
    .normalize('NFC')
    .replace(NEVER_SHOWN, '')
    .split(/[/\\]/)
    .at(-1)!
    .trim();
  if (base === '' || base === '.' || base === '..') return 'file';
  if (Buffer.byteLength(base) <= LONGEST_BYTES) return base;
  const dot = base.lastIndexOf('.');
  const extension = dot > 0 && base.length - dot <= LONGEST_EXTENSION ? base.slice(dot) : '';
  return cut(base.slice(0, base.length - extension.length), LONGEST_BYTES - Buffer.byteLength(extension)) + extension;
}

function cut(text: string, bytes: number): string {
  let kept = '';
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    kept += character;
  }
  return kept;
}
