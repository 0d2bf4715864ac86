import type { FieldDefinition } from '@parley/kernel/filter';

/** Event types of contacts that filters can count. */
const COUNTED_EVENT_TYPES = [
  'message.created',
  'message.read',
  'conversation.created',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.closed',
] as const;
/** Periods, in days before now, for which filters can count events. */
const COUNT_RANGE_DAYS = [1, 7, 30, 90] as const;

/**
 * Filter fields for the events of a contact (table alias `c`): `events.<type>.count`, `events.<type>.count_30d`,
 * `events.<type>.last_at`.
 */
export const BEHAVIOUR_FIELDS: readonly FieldDefinition[] = COUNTED_EVENT_TYPES.flatMap((type): FieldDefinition[] => [
  {
    name: `events.${type}.count`,
    type: 'number',
    nullable: false,
    sql: `kernel.contact_event_count(c.id, '${type}')`,
    description: `Number of \`${type}\` events of the contact.`,
  },
  ...COUNT_RANGE_DAYS.map((days): FieldDefinition => ({
    name: `events.${type}.count_${days}d`,
    type: 'number',
    nullable: false,
    sql: `kernel.contact_event_count(c.id, '${type}', ${days})`,
    description: `Number of \`${type}\` events of the contact in the last ${days} × 24 hours.`,
  })),
  {
    name: `events.${type}.last_at`,
    type: 'date',
    nullable: true,
    sql: `kernel.contact_event_last(c.id, '${type}')`,
    description: `Time of the contact's last \`${type}\` event.`,
  },
]);

/** Description of {@link BEHAVIOUR_FIELDS} for the API documentation. */
export const BEHAVIOUR_FIELDS_DESCRIPTION =
  `\`events.<type>.count\`, ` +
  COUNT_RANGE_DAYS.map((days) => `\`events.<type>.count_${days}d\``).join(', ') +
  ' (number; events in the last 24, 168, … hours) and `events.<type>.last_at` (date), ' +
  `where \`<type>\` is one of ${COUNTED_EVENT_TYPES.join(', ')}`;
