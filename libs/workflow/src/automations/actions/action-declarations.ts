import { tagKey, TAG } from '@parley/identity';
import { isUuid } from '@parley/kernel';
import type { ActionOutcome, JsonSchema } from '@parley/kernel/automation';
import type { ReferenceTarget } from '@parley/kernel/references';
import { allowedStatuses, CONVERSATION_STATUSES, type ConversationStatus } from '@parley/messaging';

export function tagsSchema(description: string, minItems = 1): JsonSchema {
  return {
    type: 'array',
    minItems,
    maxItems: 50,
    items: { type: 'string', minLength: 1, maxLength: 100, pattern: '\\S' },
    description,
  };
}

export function idSchema(description: string): JsonSchema {
  return { type: 'string', format: 'uuid', description };
}

export function templateSchema(description: string): JsonSchema {
  return { type: 'string', minLength: 1, maxLength: 20_000, description };
}

export function tagTarget(name: string): ReferenceTarget {
  return { type: TAG, id: tagKey(name) };
}

export function idTarget(type: string): (id: string) => ReferenceTarget | null {
  return (id) => (isUuid(id) ? { type, id: id.toLowerCase() } : null);
}

export function keysOf(tags: unknown): string[] {
  return Array.isArray(tags) ? tags.map((tag) => tagKey(String(tag))) : [];
}

/** Reopening removes an inactive assignee. A change of the status starts from one that allows it. */
export function statusOutcome(status: ConversationStatus): ActionOutcome {
  const before = CONVERSATION_STATUSES.filter(
    (from) => from === status || allowedStatuses(from, 'team').includes(status),
  );
  return { values: { status }, before: { status: before }, unknown: ['assignee_id'] };
}

/** What is always true of the messages that rules create. */
export function messageOutcome(type: 'note' | 'reply'): ActionOutcome {
  return {
    values: {
      'message.type': type,
      'message.author_type': 'bot',
      'message.content_type': 'text',
      'message.attachment_count': 0,
    },
  };
}

/** Key of the custom field that `set_field` sets, without the prefix that filters and templates use. */
export function toCustomFieldKey(field: unknown): string {
  return String(field).replace(/^(?:conversation\.)?custom_fields\.(?=.)/, '');
}

export function toScalar(value: unknown): string | number | boolean | null {
  return ['string', 'number', 'boolean'].includes(typeof value) ? (value as string | number | boolean) : null;
}
