import type { RecordedEvent } from '@parley/kernel/events';
import { TAG, tagKey } from '@parley/identity';
import { INBOX, TEAM, USER } from '@parley/teams';
import {
  defineFieldCatalogue,
  evaluateFilter,
  parseFilter,
  type FieldCatalogue,
  type FieldFamily,
  type FieldReference,
  type FilterNode,
  type ParsedFilter,
} from '@parley/kernel/filter';
import { dataFieldsOf, validateEventNames } from './event-catalogue.js';

/** Fields of `data` with IDs or names of objects. Authors and readers can also be contacts. */
const REFERRING_KEYS: Readonly<Record<string, FieldReference>> = {
  assignee_id: { type: USER },
  user_id: { type: USER },
  reassign_to: { type: USER },
  mentions: { type: USER },
  author_id: { type: USER, isUncertain: true },
  reader_id: { type: USER, isUncertain: true },
  team_id: { type: TEAM },
  team_ids: { type: TEAM },
  inbox_id: { type: INBOX },
  inbox_ids: { type: INBOX },
  tags: { type: TAG, keyOf: tagKey },
};

const DATA_FAMILY: FieldFamily = {
  prefix: 'data.',
  refersTo: (key) => REFERRING_KEYS[key.replace(/^changed\./, '')],
  description:
    "Field of the event's `data` as in `GET /v1/events`, for example `data.conversation_id`, `data.channel`, " +
    '`data.author_type` or `data.changed.priority`. `GET /v1/event-types` lists the fields of each event type.',
};

/** Fields that webhook filters can use. */
export const WEBHOOK_FIELDS = defineFieldCatalogue({
  fields: [
    { name: 'type', type: 'text', nullable: false, description: 'Event type, for example `conversation.tagged`.' },
    { name: 'subject_type', type: 'text', nullable: false, description: 'Type of the object that the event is about.' },
    { name: 'subject_id', type: 'id', nullable: false, description: 'ID of the object that the event is about.' },
    {
      name: 'actor.kind',
      type: 'enum',
      values: ['user', 'contact', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'],
      nullable: false,
      description: 'Type of the actor that caused the event.',
    },
    {
      name: 'actor.id',
      type: 'id',
      nullable: true,
      description: 'ID of the actor that caused the event.',
      mayReferTo: USER,
    },
  ],
  families: [DATA_FAMILY],
  listedAt: 'GET /v1/webhooks/fields',
});

/** The same with only those fields of `data` that the events of a subscription have. */
export function webhookFieldsOf(subscription: readonly string[]): FieldCatalogue {
  const keys = dataFieldsOf(subscription);
  // An invalid subscription is a problem of its own.
  if (keys.length === 0 && validateEventNames(subscription).length > 0) return WEBHOOK_FIELDS;
  const isKnown = (key: string): boolean =>
    keys.includes(key) || (key.startsWith('changed.') && keys.includes('changed'));
  return defineFieldCatalogue({
    ...WEBHOOK_FIELDS.declaration,
    families: [{ ...DATA_FAMILY, keys, typeOf: (key) => (isKnown(key) ? { type: 'untyped' } : undefined) }],
  });
}

/** Parses a filter. `fields` are those of the subscription in a request; a stored filter can use any. */
export function parseWebhookFilter(filter: unknown, fields = WEBHOOK_FIELDS): ParsedFilter {
  return parseFilter(filter, fields, { purpose: 'memory' });
}

/**
 * True if an event passes the stored filter of a webhook.
 * @param type the event type as it is delivered.
 */
export function passesFilter(filter: FilterNode | null, event: RecordedEvent, type: string, now: Date): boolean {
  if (filter === null) return true;
  const parsed = parseWebhookFilter(filter);
  // A stored filter with a field that no longer exists passes all events, so that no deliveries are lost.
  if (!parsed.ok) return true;
  return evaluateFilter(parsed.filter, { get: (field) => fieldValue(event, type, field), now });
}

function fieldValue(event: RecordedEvent, type: string, field: string): unknown {
  if (field.startsWith('data.')) return valueAt(event.data, field.slice(5));
  return {
    type,
    subject_type: event.subjectType,
    subject_id: event.subjectId,
    'actor.kind': event.actor.kind,
    'actor.id': event.actor.id,
  }[field];
}

/** The value of a property, or of a property of a property: `changed.priority`. */
function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  const dot = path.indexOf('.');
  const name = path.slice(0, dot);
  return dot > 0 && Object.hasOwn(value, name)
    ? valueAt((value as Record<string, unknown>)[name], path.slice(dot + 1))
    : undefined;
}
