import type { Actor } from '@parley/kernel';
import type { Changed } from '@parley/kernel/events';
import type { FilterSubject } from '@parley/kernel/filter';
import type { ContactView } from '@parley/identity';
import type { ConversationView, MessageView } from '@parley/messaging';

/** Data that rules evaluate. */
export interface RuleContext {
  readonly conversation: ConversationView;
  readonly contact: ContactView | null;
  readonly message: MessageView | null;
  readonly event: { readonly type: string; readonly actor: Actor; readonly changed: Changed };
  readonly now: Date;
}

const HOUR_MS = 3_600_000;

function hoursSince(time: string | null, now: Date): number | null {
  return time === null ? null : (now.getTime() - Date.parse(time)) / HOUR_MS;
}

/** Returns the initiator of an event. The initiator of a comment is always the contact. */
export function resolveInitiator({ event, message }: RuleContext): string {
  if (message?.type === 'comment' && (event.type.startsWith('message.') || event.type === 'conversation.created'))
    return 'contact';
  const { kind } = event.actor;
  if (kind === 'api_key') return 'api';
  if (kind === 'workflow' || kind === 'ai_agent') return 'automation';
  return kind;
}

type FieldReader = (context: RuleContext) => unknown;

const FIELD_READERS: Readonly<Record<string, FieldReader>> = {
  number: ({ conversation: c }) => c.number,
  subject: ({ conversation: c }) => c.subject,
  status: ({ conversation: c }) => c.status,
  priority: ({ conversation: c }) => c.priority,
  channel: ({ conversation: c }) => c.channel,
  assignee_id: ({ conversation: c }) => c.assigneeId,
  team_id: ({ conversation: c }) => c.teamId,
  inbox_id: ({ conversation: c }) => c.inboxId,
  contact_id: ({ conversation: c }) => c.contactId,
  tags: ({ conversation: c }) => c.tags,
  unread_count: ({ conversation: c }) => c.unreadCount,
  message_count: ({ conversation: c }) => c.messageCount,
  reopen_count: ({ conversation: c }) => c.reopenCount,
  created_at: ({ conversation: c }) => c.createdAt,
  last_activity_at: ({ conversation: c }) => c.lastActivityAt,
  waiting_since: ({ conversation: c }) => c.waitingSince,
  first_replied_at: ({ conversation: c }) => c.firstRepliedAt,
  resolved_at: ({ conversation: c }) => c.resolvedAt,
  snoozed_until: ({ conversation: c }) => c.snoozedUntil,
  hours_since_created: ({ conversation: c, now }) => hoursSince(c.createdAt, now),
  hours_since_last_customer_message: ({ conversation: c, now }) => hoursSince(c.lastCustomerMessageAt, now),
  hours_since_last_agent_reply: ({ conversation: c, now }) => hoursSince(c.lastAgentReplyAt, now),
  hours_since_resolved: ({ conversation: c, now }) => hoursSince(c.resolvedAt, now),
  'contact.name': ({ contact }) => contact?.name,
  'contact.email': ({ contact }) => contact?.email,
  'contact.phone': ({ contact }) => contact?.phone,
  'contact.company': ({ contact }) => contact?.company,
  'contact.identifier': ({ contact }) => contact?.identifier,
  'contact.tags': ({ contact }) => contact?.tags,
  'contact.status': ({ contact }) => contact?.status,
  'contact.blocked': ({ contact }) => contact?.blocked,
  'contact.conversation_count': ({ contact }) => contact?.conversationCount,
  'contact.created_at': ({ contact }) => contact?.createdAt,
  'message.body': ({ message }) => message?.body,
  'message.type': ({ message }) => message?.type,
  'message.author_type': ({ message }) => message?.author.type,
  'message.author_id': ({ message }) => message?.author.id,
  'message.content_type': ({ message }) => message?.contentType,
  'message.attachment_count': ({ message }) => message?.attachments.length,
  initiator: resolveInitiator,
  event: ({ event }) => event.type,
};

/** Names of the fields with a reader; a test compares them with the field catalogue. */
export const READABLE_FIELDS: readonly string[] = Object.keys(FIELD_READERS);

function ownProperty(object: Readonly<Record<string, unknown>> | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Wraps the data for the evaluation of filters. */
export function toFilterSubject(context: RuleContext): FilterSubject {
  const { conversation, contact } = context;
  return {
    now: context.now,
    changed: context.event.changed,
    get: (name) => {
      const reader = FIELD_READERS[name];
      if (reader) return reader(context);
      if (name.startsWith('custom_fields.'))
        return ownProperty(conversation.customFields, name.slice('custom_fields.'.length));
      if (name.startsWith('metadata.')) return ownProperty(conversation.metadata, name.slice('metadata.'.length));
      return name.startsWith('contact.custom_fields.')
        ? ownProperty(contact?.customFields, name.slice('contact.custom_fields.'.length))
        : undefined;
    },
  };
}
