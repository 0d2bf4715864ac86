import type { Bind } from '../database/bind.js';
import type { RecordedEvent } from './domain-event.js';

type TypedEvent = Pick<RecordedEvent, 'type'> & Partial<Pick<RecordedEvent, 'aliases'>>;

const GROUP = '.*';

/** Every type that an event matches: its own, and one per kind of change if it contains several. */
export function eventTypesOf({ type, aliases = [] }: TypedEvent): readonly string[] {
  return [type, ...aliases];
}

/** Whether an event answers to any of the names: types, or all about one kind of subject as `conversation.*`. */
export function matchesEventType({ type, aliases }: TypedEvent, names: readonly string[]): boolean {
  return names.some((name) =>
    name.endsWith(GROUP) ? type.startsWith(name.slice(0, -1)) : name === type || aliases?.includes(name) === true,
  );
}

/** The same in SQL, for rows of `kernel.events`. @param bind takes a value and gives the parameter that stands for it. */
export function matchesEventTypeSql(names: readonly string[], bind: Bind): string {
  const groups = names.filter((name) => name.endsWith(GROUP)).map((name) => name.slice(0, -GROUP.length));
  const types = names.filter((name) => !name.endsWith(GROUP));
  const typesParameter = types.length > 0 ? bind(types) : '';
  const conditions = [
    ...(types.length > 0 ? [`type = any(${typesParameter})`, `also && ${typesParameter}::text[]`] : []),
    ...(groups.length > 0 ? [`split_part(type, '.', 1) = any(${bind(groups)})`] : []),
  ];
  return `(${conditions.join(' or ') || 'false'})`;
}
