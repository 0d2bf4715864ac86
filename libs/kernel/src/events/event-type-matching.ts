import type { Bind } from '../database/bind.js';
import type { RecordedEvent } from './domain-event.js';

type TypedEvent = Pick<RecordedEvent, 'type'> & Partial<Pick<RecordedEvent, 'aliases'>>;

const WILDCARD = '.*';

/** Every type that an event matches: its own, and one per kind of change if it contains several. */
export function eventTypesOf({ type, aliases = [] }: TypedEvent): readonly string[] {
  return [type, ...aliases];
}

/** True for sign-ins and other security events, which only callers with `audit:read` see. */
export function isSecurityEvent({ type }: TypedEvent): boolean {
  return type.startsWith('security.');
}

/** True if an event matches any of the names: event types, or wildcards such as `conversation.*`. */
export function matchesEventType({ type, aliases }: TypedEvent, names: readonly string[]): boolean {
  return names.some((name) =>
    name.endsWith(WILDCARD) ? type.startsWith(name.slice(0, -1)) : name === type || aliases?.includes(name) === true,
  );
}

/** The SQL equivalent of {@link matchesEventType}, for rows of `kernel.events`. */
export function matchesEventTypeSql(names: readonly string[], bind: Bind): string {
  const wildcards = names.filter((name) => name.endsWith(WILDCARD)).map((name) => name.slice(0, -WILDCARD.length));
  const types = names.filter((name) => !name.endsWith(WILDCARD));
  const typesParameter = types.length > 0 ? bind(types) : '';
  const conditions = [
    ...(types.length > 0 ? [`type = any(${typesParameter})`, `aliases && ${typesParameter}::text[]`] : []),
    ...(wildcards.length > 0 ? [`split_part(type, '.', 1) = any(${bind(wildcards)})`] : []),
  ];
  return `(${conditions.join(' or ') || 'false'})`;
}
