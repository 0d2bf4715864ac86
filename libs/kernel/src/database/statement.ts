import { createHash } from 'node:crypto';

/** One constant SQL text under one name: Postgres plans it once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** A read that is certain to be short, such as one row by its key; many of these share a connection. */
  readonly short?: boolean;
}

const texts = new Map<string, string>();

/**
 * Declares a named prepared statement; `name` reads `<domain>.<use-case>`.
 * @throws Error when the name is already taken by another text.
 */
export function statement(name: string, text: string): Statement {
  const existing = texts.get(name);
  if (existing !== undefined && existing !== text) throw new Error(`Two SQL texts share the statement name ${name}`);
  texts.set(name, text);
  return { name, text };
}

const MAX_COMPOSED = 500;
const composedStatements = new Map<string, Statement>();

/**
 * Declares a named read that is certain to be short: rows by their keys, never a scan. Outside of a unit of work it travels
 * together with those of other requests.
 * @throws Error when the name is already taken by another text.
 */
export function shortRead(name: string, text: string): Statement {
  return { ...statement(name, text), short: true };
}

/**
 * A statement whose text was put together for one combination of filters. Named, and so planned once per
 * connection, as long as there are few such combinations; beyond that it goes unnamed rather than
 * filling the server's memory.
 */
export function composedStatement(domain: string, text: string): Statement {
  const existing = composedStatements.get(text);
  if (existing) return existing;
  if (composedStatements.size >= MAX_COMPOSED) return { name: '', text };
  const created = { name: `${domain}.${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
  composedStatements.set(text, created);
  return created;
}
