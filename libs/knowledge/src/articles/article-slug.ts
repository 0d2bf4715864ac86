/** Shorter than the maximum length of a slug, to leave room for a numeric suffix. */
const MAX_GENERATED_LENGTH = 100;

/** Format of a slug: words of lower-case letters and digits of any script, with single hyphens between them. */
export const SLUG_PATTERN = /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+)*$/u;

/** Derives a slug from a title: `How do I reset my password?` becomes `how-do-i-reset-my-password`. */
export function slugify(title: string): string {
  const normalized = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .normalize('NFC')
    .toLowerCase();
  const parts = normalized.split(/[^\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+/u).filter((part) => part !== '');
  return (
    parts
      .join('-')
      .slice(0, MAX_GENERATED_LENGTH)
      .replace(/[\ud800-\udbff]$/, '')
      .replace(/-+$/, '') || 'article'
  );
}

/** The slug itself if it is free, else the first free one of `slug-2`, `slug-3`, …. */
export function findFreeSlug(slug: string, existingSlugs: ReadonlySet<string>): string {
  if (!existingSlugs.has(slug)) return slug;
  let suffix = 2;
  while (existingSlugs.has(`${slug}-${suffix}`)) suffix += 1;
  return `${slug}-${suffix}`;
}
