import { escapeLike } from '@parley/kernel/database';

/** LIKE pattern that finds a string, case-insensitively, anywhere in lowercased JSON text. */
export function jsonLikePattern(text: string): string {
  return `%${escapeLike(JSON.stringify(text.toLowerCase()).slice(1, -1))}%`;
}
