/** A reference from the SQL of one domain to an object in the schema of another. */
export interface Crossing {
  readonly line: number;
  readonly text: string;
}

/**
 * Finds foreign keys, joins, reads and writes outside of the own schema, by text. Reading `<domain>.<thing>_cards`,
 * which a domain publishes, is allowed.
 * @param schemas all schemas.
 */
export function schemaCrossings(sql: string, own: string, schemas: readonly string[]): Crossing[] {
  const others = schemas.filter((schema) => schema !== own);
  if (others.length === 0) return [];
  const pattern = new RegExp(
    `\\b(references|join|from|using|into|update|truncate|table(?:\\s+if\\s+(?:not\\s+)?exists)?|on)\\s+(?:only\\s+|lateral\\s+)?"?(${others.join('|')})"?\\."?(\\w+)"?`,
    'gi',
  );
  return [...sql.matchAll(pattern)]
    .filter(([, verb, , name]) => !(/^(join|from)$/i.test(verb ?? '') && name?.endsWith('_cards')))
    .map((match) => ({ line: sql.slice(0, match.index).split('\n').length, text: match[0].replace(/\s+/g, ' ') }));
}
