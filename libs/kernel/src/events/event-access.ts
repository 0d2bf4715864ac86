import { isUuid } from '../ids/ids.js';
import type { RecordedEvent } from './domain-event.js';

/** What decides about the access to an event or a signal. */
export type AccessedEvent = Pick<RecordedEvent, 'workspaceId' | 'subjectId' | 'data'> &
  Partial<Pick<RecordedEvent, 'subjectType'>>;

/** Fields of data with the object that the event belongs to; `subject_id` is that of a run of a rule. */
const OWNER_FIELDS = ['conversation_id', 'ticket_id', 'subject_id'];

/** All IDs in an event. */
export function listIds({ subjectId, data }: AccessedEvent): string[] {
  const ids = [subjectId];
  const collect = (value: unknown): void => {
    if (isUuid(value)) ids.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(data);
  return ids;
}

/**
 * The event as a caller sees it to whom objects with these IDs are hidden: null if it is about one of them; otherwise
 * with null in place of their IDs.
 */
export function hideIds<Event extends AccessedEvent>(event: Event, hiddenIds: ReadonlySet<string>): Event | null {
  const data = event.data as Readonly<Record<string, unknown>>;
  const isHidden = (id: unknown): boolean => typeof id === 'string' && hiddenIds.has(id.toLowerCase());
  if (isHidden(event.subjectId) || OWNER_FIELDS.some((field) => isHidden(data[field]))) return null;
  if (!listIds(event).some(isHidden)) return event;
  const mask = (value: unknown): unknown => {
    if (isHidden(value)) return null;
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item)]));
  };
  return { ...event, data: mask(data) as object };
}
