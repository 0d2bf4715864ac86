import type { RecordedEvent } from '@parley/kernel';

function idsIn(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string')
    : typeof value === 'string'
      ? [value]
      : [];
}

/** Contacts that an event has to do with, and who may belong to other segments for it. */
export function contactsOfEvent({
  subjectType,
  subjectId,
  data,
}: Pick<RecordedEvent, 'subjectType' | 'subjectId' | 'data'>): string[] {
  if (subjectType === 'segment') return [];
  const { contact_id: one, contact_ids: many, created_ids: created } = data as Readonly<Record<string, unknown>>;
  const about =
    subjectType === 'contact' ? [subjectId, ...idsIn(many)] : subjectType === 'contact_import' ? idsIn(created) : [];
  return [...new Set([...about, ...idsIn(one)])];
}
