import { findEventDefinition } from './define-event.js';
import type { RecordedEvent } from './domain-event.js';

/** Number of lanes of every subscriber. Stored positions depend on it, so changing it requires a migration. */
export const LANES = 8;

/** Common property of the events of one lane: a subject (or the field in `orderedBy`), or a workspace. */
export type Partition = 'subject' | 'workspace';

type Partitioned = Pick<RecordedEvent, 'type' | 'workspaceId' | 'subjectId' | 'data'>;

/** The lane of an event, from 0 to {@link LANES} - 1. Events with the same key always share a lane. */
export function laneOfEvent(event: Partitioned, partition: Partition): number {
  return hash(partition === 'workspace' ? event.workspaceId : `${event.workspaceId}${orderingKey(event)}`) % LANES;
}

/** ID within which events are delivered in order: the subject, unless the definition of the event names a field. */
function orderingKey({ type, subjectId, data }: Partitioned): string {
  const field = findEventDefinition(type)?.orderedBy;
  const value = field ? (data as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : subjectId;
}

/** FNV-1a, 32 bits, with the bits mixed once more because the lane is taken from the lowest ones. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
