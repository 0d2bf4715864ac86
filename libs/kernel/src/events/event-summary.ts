import type { Changed } from './domain-event.js';

/** Data of an event for its `summary` in the audit log. */
export interface EventSummaryInput {
  /** `Sarah Chen`, `API key CI`, `The system`. */
  readonly actor: string;
  /** `conversation #42`, `a contact`, `article “Refunds”`. */
  readonly subject: string;
  /** Name of the user or team that the event refers to, such as the new assignee. */
  readonly target: string | null;
  readonly changed: Changed;
}

/** {@link EventSummaryInput} with helpers to format changes. */
export interface EventSummaryContext extends EventSummaryInput {
  /** Names of the changed fields in parentheses, or an empty text. */
  readonly changedFields: string;
  /** New value of a field as text; `none` if it has none. */
  newValue(field: string): string;
  /** Items added to a field that holds a list. */
  added(field: string): string[];
  /** Items removed from a field that holds a list. */
  removed(field: string): string[];
  /** The prefix and the items separated by commas, or an empty text without items. */
  list(prefix: string, items: readonly string[]): string;
}

/** Describes an event in one line, such as `Sarah Chen resolved conversation #42`. */
export type EventSummary = (context: EventSummaryContext) => string;

/** The summary of events that define none: actor, verb, subject. */
export function defaultSummary(type: string): EventSummary {
  const verb = type.slice(type.indexOf('.') + 1).replaceAll('_', ' ');
  if (verb === 'updated')
    return ({ actor, subject, changed, changedFields }) => {
      const [field, ...others] = Object.keys(changed);
      if (field === 'enabled' && others.length === 0)
        return `${actor} ${changed.enabled?.[1] === true ? 'enabled' : 'disabled'} ${subject}`;
      return `${actor} updated ${subject}${changedFields}`;
    };
  return ({ actor, subject }) => `${actor} ${verb} ${subject}`;
}

/** Adds the helpers to the data of an event. */
export function toSummaryContext(input: EventSummaryInput): EventSummaryContext {
  const { changed } = input;
  const names = Object.keys(changed).map((field) => field.replaceAll('_', ' '));
  return {
    ...input,
    changedFields: names.length === 0 ? '' : ` (${names.join(', ')})`,
    newValue: (field) => String(changed[field]?.[1] ?? 'none'),
    added: (field) => difference(changed[field]?.[0], changed[field]?.[1]),
    removed: (field) => difference(changed[field]?.[1], changed[field]?.[0]),
    list: (prefix, items) => (items.length === 0 ? '' : `${prefix}${items.join(', ')}`),
  };
}

function difference(from: unknown, to: unknown): string[] {
  if (!Array.isArray(from) || !Array.isArray(to)) return [];
  return to.filter((item: unknown) => !from.includes(item)).map(String);
}
