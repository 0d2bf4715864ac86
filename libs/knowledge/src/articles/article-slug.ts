/** Shorter than a slug may be, so that a number fits behind it. */
const LONGEST = 100;

/** What a slug looks like: words of lower-case letters and digits of any script, with single hyphens between them. */
export const SLUG = /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+)*$/u;

/** A slug for a title: `How do I reset my password?` becomes `how-do-i-reset-my-password`. */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .normalize('NFC')
    .toLowerCase();
  const words = plain.split(/[^\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+/u).filter((word) => word !== '');
  return (
    words
      .join('-')
      .slice(0, LONGEST)
      .replace(/[\ud800-\udbff]$/, '')
      .replace(/-+$/, '') || 'article'
  );
}

/** The slug itself when it is free, else the first of `slug-2`, `slug-3`, … that is. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}
