import type { FieldDefinition } from '@parley/kernel/filter';

/** Events of contacts that filters can count. */
const COUNTED_EVENT_TYPES = [
  'message.created',
  'message.read',
  'conversation.created',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.closed',
  'ticket.created',
  'csat.rated',
] as const;
/** Days back from now that they can be counted in. */
const COUNT_RANGE_DAYS = [1, 7, 30, 90] as const;

/** What filters can ask of the behaviour of a contact, of the table under the alias `c`: `events.<type>.count`, `events.<type>.count_30d`, `events.<type>.last_at`. */
export const BEHAVIOUR_FIELDS: readonly FieldDefinition[] = COUNTED_EVENT_TYPES.flatMap((type): FieldDefinition[] => [
  {
    name: `events.${type}.count`,
    type: 'number',
    nullable: false,
    sql: `kernel.contact_event_count(c.id, '${type}')`,
    description: `How often \`${type}\` happened with them.`,
  },
  ...COUNT_RANGE_DAYS.map((days): FieldDefinition => ({
    name: `events.${type}.count_${days}d`,
    type: 'number',
    nullable: false,
    sql: `kernel.contact_event_count(c.id, '${type}', ${days})`,
    description: `How often \`${type}\` happened with them in the last ${days} times 24 hours.`,
  })),
  {
    name: `events.${type}.last_at`,
    type: 'date',
    nullable: true,
    sql: `kernel.contact_event_last(c.id, '${type}')`,
    description: `When \`${type}\` happened with them last.`,
  },
]);

/** The same for people. */
export const BEHAVIOUR_FIELDS_DESCRIPTION =
  `\`events.<type>.count\`, ${COUNT_RANGE_DAYS.map((days) => `\`events.<type>.count_${days}d\``).join(', ')} (numbers; in the last so many times 24 hours) and \`events.<type>.last_at\` (date), where \`<type>\` is ` +
  `one of ${COUNTED_EVENT_TYPES.join(', ')}`;
