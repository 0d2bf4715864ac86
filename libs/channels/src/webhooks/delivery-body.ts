import { isUuid } from '@parley/kernel';
import type { RecordedEvent } from '@parley/kernel/events';

/** Parts of an event that a delivery contains. */
export type DeliveredEvent = Pick<RecordedEvent, 'id' | 'type' | 'workspaceId' | 'occurredAt' | 'subjectId' | 'data'>;

/**
 * The body of a delivery. `data` is the resource in the form of the API, as of the delivery, plus the fields that only
 * the event has (`changed`, or the user who joined a team). If the resource is deleted, `data` contains its ID and the
 * fields of the event. `event_data` has all fields of the event as they were recorded.
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
    event_data: event.data,
  });
}

/** ID of the conversation whose events are delivered in order; null if the event belongs to no conversation. */
export function orderingKeyOf(event: Pick<RecordedEvent, 'subjectType' | 'subjectId' | 'data'>): string | null {
  if (event.subjectType === 'conversation') return event.subjectId;
  const { conversation_id: conversationId } = event.data as { conversation_id?: unknown };
  return isUuid(conversationId) ? conversationId : null;
}

/** The part of a webhook's URL that its events show: paths often contain credentials. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

/** `webhook-id` header of a delivery. It is the same in all attempts. */
export function webhookMessageId(deliveryId: string): string {
  return `msg_${deliveryId}`;
}
