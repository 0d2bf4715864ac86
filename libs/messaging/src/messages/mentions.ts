/** Maximum number of users that one note can mention. */
export const MAX_MENTIONS = 50;

const MENTION = /@\[[^\]\n]{1,200}\]\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/gi;

/** Returns the ids of the users that a text mentions as `@[Name](user id)`, each once, in order. */
export function parseMentionedIds(text: string): string[] {
  return [...new Set([...text.matchAll(MENTION)].map(([, id]) => id!.toLowerCase()))].slice(0, MAX_MENTIONS);
}
