import type { Bind } from '../database/bind.js';
import type { RecordedEvent } from './domain-event.js';

type Named = Pick<RecordedEvent, 'type'> & Partial<Pick<RecordedEvent, 'also'>>;

const GROUP = '.*';

/** Whether an event answers to any of the names: types, or all about one kind of subject as `conversation.*`. */
export function answersTo({ type, also }: Named, names: readonly string[]): boolean {
  return names.some((name) =>
    name.endsWith(GROUP) ? type.startsWith(name.slice(0, -1)) : name === type || also?.includes(name) === true,
  );
}

/** The same in SQL, for rows of `kernel.events`. @param bind takes a value and gives the parameter that stands for it. */
export function answersToSql(names: readonly string[], bind: Bind): string {
  const groups = names.filter((name) => name.endsWith(GROUP)).map((name) => name.slice(0, -GROUP.length));
  const types = names.filter((name) => !name.endsWith(GROUP));
  const given = types.length > 0 ? bind(types) : '';
  const choices = [
    ...(types.length > 0 ? [`type = any(${given})`, `also && ${given}::text[]`] : []),
    ...(groups.length > 0 ? [`split_part(type, '.', 1) = any(${bind(groups)})`] : []),
  ];
  return `(${choices.join(' or ') || 'false'})`;
}
