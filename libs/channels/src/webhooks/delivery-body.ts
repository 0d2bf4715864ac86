import { isUuid, type RecordedEvent } from '@parley/kernel';

/** What a body tells of an event. */
export type ToldEvent = Pick<RecordedEvent, 'id' | 'type' | 'workspaceId' | 'occurredAt' | 'subjectId' | 'data'>;

/**
 * The body of a delivery. `data` is the object as the API shows it, together with what only the event knows (`changed`, and who
 * joined a team); when the object is gone, its id and the event's own facts.
 */
export function deliveryBody(event: ToldEvent, object: object | null): string {
  const shown = object ?? { id: event.subjectId };
  const facts = Object.entries(event.data).filter(([fact]) => fact === 'changed' || !(fact in shown));
  const data = { ...shown, ...Object.fromEntries(facts) };
  return JSON.stringify({
    id: event.id,
    type: event.type,
    created_at: event.occurredAt,
    workspace_id: event.workspaceId,
    data,
  });
}

/** The conversation that an event belongs to, within which order is kept; null when it belongs to none. */
export function laneOf(event: Pick<RecordedEvent, 'subjectType' | 'subjectId' | 'data'>): string | null {
  if (event.subjectType === 'conversation') return event.subjectId;
  const { conversation_id: conversationId } = event.data as { conversation_id?: unknown };
  return isUuid(conversationId) ? conversationId : null;
}

/** `webhook-id` of a delivery: the same in every attempt. */
export function messageId(deliveryId: string): string {
  return `msg_${deliveryId}`;
}
