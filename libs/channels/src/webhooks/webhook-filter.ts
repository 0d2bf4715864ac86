import type { RecordedEvent } from '@parley/kernel/events';
import {
  defineFieldCatalogue,
  evaluateFilter,
  parseFilter,
  type FilterNode,
  type ParsedFilter,
} from '@parley/kernel/filter';

/** What the filter of a webhook can look at. */
export const WEBHOOK_FIELDS = defineFieldCatalogue({
  fields: [
    { name: 'type', type: 'text', nullable: false, description: 'Type of the event, such as `conversation.tagged`.' },
    { name: 'subject_type', type: 'text', nullable: false, description: 'What kind of object the event is about.' },
    { name: 'subject_id', type: 'id', nullable: false, description: 'Id of the object the event is about.' },
    {
      name: 'actor.kind',
      type: 'enum',
      values: ['user', 'contact', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'],
      nullable: false,
      description: 'What kind of actor caused it.',
    },
    { name: 'actor.id', type: 'id', nullable: true, description: 'Who caused it.' },
  ],
  families: [
    {
      prefix: 'data.',
      description:
        'A fact of the event as `GET /v1/events` shows it, such as `data.conversation_id`, `data.channel` or `data.author_type`.',
    },
  ],
});

/** Checks a filter as it came in. */
export function parseWebhookFilter(filter: unknown): ParsedFilter {
  return parseFilter(filter, WEBHOOK_FIELDS, { purpose: 'memory' });
}

/** Whether an event passes the filter that a webhook was saved with. */
export function passesFilter(filter: FilterNode | null, event: RecordedEvent, now: Date): boolean {
  if (filter === null) return true;
  const parsed = parseWebhookFilter(filter);
  // A field that a later version no longer knows must not cost deliveries.
  if (!parsed.ok) return true;
  return evaluateFilter(parsed.filter, { get: (field) => fieldValue(event, field), now });
}

function fieldValue(event: RecordedEvent, field: string): unknown {
  if (field.startsWith('data.')) return (event.data as Record<string, unknown>)[field.slice(5)];
  return {
    type: event.type,
    subject_type: event.subjectType,
    subject_id: event.subjectId,
    'actor.kind': event.actor.kind,
    'actor.id': event.actor.id,
  }[field];
}
