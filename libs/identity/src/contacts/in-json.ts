import { likeText } from '@parley/kernel';

/** The LIKE pattern that finds a text, in lower case, anywhere in JSON that was written out in lower case. */
export function inJson(text: string): string {
  return `%${likeText(JSON.stringify(text.toLowerCase()).slice(1, -1))}%`;
}
