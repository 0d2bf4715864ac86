const LONGEST = 120;

/** What a slug looks like: words of lower-case letters and digits of any script, with single hyphens between them. */
export const SLUG = /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+)*$/u;

/** A slug for a title: `How do I reset my password?` becomes `how-do-i-reset-my-password`. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '').normalize('NFC').toLowerCase();
  const words = plain.split(/[^\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+/u).filter((word) => word !== '');
  return cut(words.join('-'), LONGEST) || 'article';
}

/** The slug itself when it is free, else the first of `slug-2`, `slug-3`, … that is. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`;
    const candidate = `${cut(slug, LONGEST - ending.length)}${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function cut(slug: string, length: number): string {
  return [...slug].slice(0, length).join('').replace(/-+$/, '');
}
