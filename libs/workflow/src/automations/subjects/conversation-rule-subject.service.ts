import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import type { Changed, RecordedEvent } from '@parley/kernel/events';
import { ContactsService } from '@parley/identity';
import {
  CONVERSATION_EVENTS,
  ConversationsService,
  MessageCreated,
  MessagesService,
  MessageUpdated,
  NoteCreated,
} from '@parley/messaging';
import { CONVERSATION_RULE_FIELDS, readConversationField, type ConversationFacts } from './conversation-fields.js';
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

  constructor(
    private readonly conversations: ConversationsService,
    private readonly contacts: ContactsService,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
  ) {}

  locate({ type, subjectId, actor, data }: RecordedEvent): RuleTrigger {
    const { conversation_id: conversationId, message_id: messageId, changed = {} } = data as ConversationEventFacts;
    return {
      subject: { type: this.type, id: conversationId ?? subjectId },
      messageId: conversationId === undefined ? (messageId ?? null) : subjectId,
      event: { type, actor, changed },
    };
  }

  async load(workspaceId: string, { subject, messageId, event }: RuleTrigger): Promise<RuleContext | null> {
    const [conversation, message] = await Promise.all([
      this.conversations.find(workspaceId, subject.id),
      messageId === null ? null : this.messages.find(workspaceId, messageId),
    ]);
    if (!conversation) return null;
    const contact = await this.contacts.find(workspaceId, conversation.contactId);
    return toRuleContext({ conversation, contact, message, event, now: this.clock.now() });
  }
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
