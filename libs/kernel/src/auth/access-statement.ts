import { currentHiddenInboxIds } from '../context/request-context.js';
import type { Statement } from '../database/statement.js';

/**
 * A statement that reads or locks what belongs to inboxes, without and with the condition that the caller can see it.
 * Callers to whom no inbox is hidden use the first one, which costs nothing.
 */
export interface AccessStatement {
  readonly all: Statement;
  readonly limited: Statement;
}

/**
 * Defines both statements.
 * @param declare `statement` or `shortRead`.
 * @param condition condition on the row; the parameter of the hidden inboxes follows all others.
 * @param text builds the SQL from a condition that starts with `and`, or is empty.
 */
export function defineAccessStatement(
  declare: (name: string, text: string) => Statement,
  name: string,
  condition: string,
  text: (condition: string) => string,
): AccessStatement {
  return { all: declare(name, text('')), limited: declare(`${name}-within-access`, text(`and ${condition}`)) };
}

/** Returns the statement for the caller and its values. */
export function limitToAccess(
  { all, limited }: AccessStatement,
  values: readonly unknown[],
): [query: Statement, values: readonly unknown[]] {
  const hidden = currentHiddenInboxIds();
  return hidden.length === 0 ? [all, values] : [limited, [...values, hidden]];
}
