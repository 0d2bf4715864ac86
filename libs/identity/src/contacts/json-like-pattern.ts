import { escapeLike } from '@parley/kernel/database';

/** The LIKE pattern that finds a text, in lower case, anywhere in JSON that was written out in lower case. */
export function jsonLikePattern(text: string): string {
  return `%${escapeLike(JSON.stringify(text.toLowerCase()).slice(1, -1))}%`;
}
