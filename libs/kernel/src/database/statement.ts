import { createHash } from 'node:crypto';

/** A constant SQL text with a name. Postgres plans it once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** True for a read that is certain to be short, such as one row by its key. Such reads share connections. */
  readonly short?: boolean;
}

const texts = new Map<string, string>();

/**
 * SQL for "equals one of the array parameter". Postgres plans a statement again for each array whose content it sees,
 * because the plan for a short one looks cheaper than the general plan; here it does not see the content.
 */
export function anyOf(parameter: `$${number}`, type: 'uuid' | 'bigint'): string {
  return `any((select ${parameter}::${type}[])::${type}[])`;
}

/**
 * Declares a named prepared statement. `name` has the form `<domain>.<use-case>`.
 * @throws Error if the name is already used for another text.
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
 * Declares a named read that is certain to be short: rows by their keys, never a scan. Outside of a unit of work it
 * shares a connection with reads of other requests.
 * @throws Error if the name is already used for another text.
 */
export function shortRead(name: string, text: string): Statement {
  return { ...statement(name, text), short: true };
}

/**
 * A statement whose text is composed for one combination of filters. It is named, and thus planned once per connection,
 * as long as there are few such combinations. Further ones are unnamed, to limit the memory of the server.
 */
export function composedStatement(domain: string, text: string): Statement {
  const existing = composedStatements.get(text);
  if (existing) return existing;
  if (composedStatements.size >= MAX_COMPOSED) return { name: '', text };
  const created = { name: `${domain}.${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
  composedStatements.set(text, created);
  return created;
}
