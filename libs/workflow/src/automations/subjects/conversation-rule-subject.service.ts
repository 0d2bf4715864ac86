import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import type { Changed, RecordedEvent } from '@parley/kernel/events';
import { ContactsService } from '@parley/identity';
import {
  CONVERSATION_EVENTS,
  ConversationCreated,
  conversationEventTypes,
  ConversationsService,
  MessageCreated,
  MessagesService,
  MessageUpdated,
  NoteCreated,
} from '@parley/messaging';
import { CONVERSATION_RULE_FIELDS, readConversationField, type ConversationFacts } from './conversation-fields.js';
import { canChangeField, conversationEventFacts, isLastingField } from './conversation-event-facts.js';
import type { RuleContext, RuleSubject, RuleTrigger } from './rule-subject.js';

/** Data of conversation and message events that rules use. */
interface ConversationEventFacts {
  readonly conversation_id?: string;
  readonly message_id?: string | null;
  readonly changed?: Changed;
}

/** Events that can trigger rules on a conversation. */
export const CONVERSATION_RULE_EVENTS = [...CONVERSATION_EVENTS, MessageCreated, MessageUpdated, NoteCreated] as const;

/** Conversations as subjects of rules. */
@Injectable()
export class ConversationRuleSubjectService implements RuleSubject {
  readonly type = 'conversation';
  readonly fields = CONVERSATION_RULE_FIELDS;
  readonly eventTypes = CONVERSATION_RULE_EVENTS.map(({ type }) => type);
  readonly changeEventTypes = new Set(CONVERSATION_EVENTS.map(({ type }) => type).filter(isChangeEvent));
  readonly eventTypesOf = conversationEventTypes;
  readonly eventFacts = conversationEventFacts;
  readonly canChange = canChangeField;
  readonly isLasting = isLastingField;

  constructor(
    private readonly conversations: ConversationsService,
    private readonly contacts: ContactsService,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
  ) {}

  locate({ type, aliases, subjectId, actor, data }: RecordedEvent): RuleTrigger {
    const { conversation_id: conversationId, message_id: messageId, changed = {} } = data as ConversationEventFacts;
    return {
      subject: { type: this.type, id: conversationId ?? subjectId },
      messageId: conversationId === undefined ? (messageId ?? null) : subjectId,
      event: { type, aliases, actor, changed: withFieldChanges(changed) },
    };
  }

  async loadMany(workspaceId: string, triggers: readonly RuleTrigger[]): Promise<(RuleContext | null)[]> {
    const messageIds = uniqueIds(triggers.map(({ messageId }) => messageId));
    const [conversations, messages] = await Promise.all([
      this.conversations.findMany(workspaceId, uniqueIds(triggers.map(({ subject }) => subject.id))),
      messageIds.length === 0 ? [] : this.messages.findMany(workspaceId, messageIds),
    ]);
    const contacts = await this.contacts.findMany(
      workspaceId,
      uniqueIds(conversations.map(({ contactId }) => contactId)),
    );
    const byId = { conversations: keyById(conversations), messages: keyById(messages), contacts: keyById(contacts) };
    const now = this.clock.now();
    return triggers.map(({ subject, messageId, event }) => {
      const conversation = byId.conversations.get(subject.id);
      if (!conversation) return null;
      const contact = byId.contacts.get(conversation.contactId) ?? null;
      const message = messageId === null ? null : (byId.messages.get(messageId) ?? null);
      return toRuleContext({ conversation, contact, message, event, now });
    });
  }
}

function isChangeEvent(type: string): boolean {
  return type !== ConversationCreated.type;
}

/** Adds the changes of single custom fields and metadata keys, which events report as changes of the whole object. */
function withFieldChanges(changed: Changed): Changed {
  const result: Changed = { ...changed };
  for (const family of ['custom_fields', 'metadata']) {
    const [before, after] = (changed[family] ?? [{}, {}]).map((value) => (value ?? {}) as Record<string, unknown>);
    for (const key of new Set([...Object.keys(before!), ...Object.keys(after!)])) {
      const [old, current] = [before![key] ?? null, after![key] ?? null];
      if (!isDeepStrictEqual(old, current)) result[`${family}.${key}`] = [old, current];
    }
  }
  return result;
}

function uniqueIds(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null);
}

function keyById<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

/** Builds the context of a rule on a conversation. */
export function toRuleContext(facts: ConversationFacts): RuleContext {
  const { conversation, contact, message, event, now } = facts;
  return {
    subject: { type: 'conversation', id: conversation.id },
    event,
    now,
    statusChangedAt: conversation.statusChangedAt,
    variables: { conversation, contact, message, agent: null, event: event.type, now },
    readField: (name) => readConversationField(facts, name),
  };
}
