import type { RecordedEvent } from '@parley/kernel/events';

function toIds(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((id): id is string => typeof id === 'string')
    : typeof value === 'string'
      ? [value]
      : [];
}

/** Contacts whose segment memberships an event can change. */
export function contactIdsOfEvent({
  subjectType,
  subjectId,
  data,
}: Pick<RecordedEvent, 'subjectType' | 'subjectId' | 'data'>): string[] {
  if (subjectType === 'segment') return [];
  const { contact_id: id, contact_ids: ids, created_ids: createdIds } = data as Readonly<Record<string, unknown>>;
  const relatedIds =
    subjectType === 'contact' ? [subjectId, ...toIds(ids)] : subjectType === 'contact_import' ? toIds(createdIds) : [];
  return [...new Set([...relatedIds, ...toIds(id)])];
}
