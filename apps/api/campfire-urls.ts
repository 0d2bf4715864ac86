const CAMEL_SEGMENT = /^\/v1\/([a-z]+(?:[A-Z][a-z]*)+|team)(?=[/?]|$)/;

/** Maps the collection names of Campfire (`/v1/conversationNotes`, `/v1/team`) to Parley's. */
export function canonicalUrl(url: string): string {
  const match = CAMEL_SEGMENT.exec(url);
  if (!match) return url;
  const name = match[1] === 'team' ? 'teams' : match[1]!.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `/v1/${name}${url.slice(match[0].length)}`;
}
