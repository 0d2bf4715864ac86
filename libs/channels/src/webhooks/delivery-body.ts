import { isUuid } from '@parley/kernel';
import type { RecordedEvent } from '@parley/kernel/events';

/** What a body tells of an event. */
export type DeliveredEvent = Pick<RecordedEvent, 'id' | 'type' | 'workspaceId' | 'occurredAt' | 'subjectId' | 'data'>;

/**
 * The body of a delivery. `data` is the object as the API shows it, together with what only the event knows (`changed`, and who
 * joined a team); when the object is gone, its id and the event's own facts.
 */
export function buildDeliveryBody(event: DeliveredEvent, resource: object | null): string {
  const baseData = resource ?? { id: event.subjectId };
  const eventFields = Object.entries(event.data).filter(([field]) => field === 'changed' || !(field in baseData));
  const data = { ...baseData, ...Object.fromEntries(eventFields) };
  return JSON.stringify({
    id: event.id,
    type: event.type,
    created_at: event.occurredAt,
    workspace_id: event.workspaceId,
    data,
  });
}

/** The conversation that an event belongs to, within which order is kept; null when it belongs to none. */
export function orderingKeyOf(event: Pick<RecordedEvent, 'subjectType' | 'subjectId' | 'data'>): string | null {
  if (event.subjectType === 'conversation') return event.subjectId;
  const { conversation_id: conversationId } = event.data as { conversation_id?: unknown };
  return isUuid(conversationId) ? conversationId : null;
}

/** `webhook-id` of a delivery: the same in every attempt. */
export function webhookMessageId(deliveryId: string): string {
  return `msg_${deliveryId}`;
}
