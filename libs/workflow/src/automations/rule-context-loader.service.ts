import { Injectable } from '@nestjs/common';
import { Clock, type Actor } from '@parley/kernel';
import type { Changed } from '@parley/kernel/events';
import { explainFilter, parseFilter, type FilterExplanation, type FilterNode } from '@parley/kernel/filter';
import { ContactsService } from '@parley/identity';
import { ConversationsService, MessagesService, type MessageView } from '@parley/messaging';
import { AUTOMATION_FIELDS } from './automation-fields.js';
import { toFilterSubject, type RuleContext } from './rule-subject.js';

/** Conversation, message and event that trigger a rule. */
export interface RuleTrigger {
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly event: { readonly type: string; readonly actor: Actor; readonly changed: Changed };
}

/** Loads the data that rules evaluate. */
@Injectable()
export class RuleContextLoader {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly contacts: ContactsService,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
  ) {}

  /** Loads the current data; null if the conversation does not exist. */
  async load(workspaceId: string, { conversationId, messageId, event }: RuleTrigger): Promise<RuleContext | null> {
    const conversation = await this.conversations.find(workspaceId, conversationId);
    if (!conversation) return null;
    const contact = await this.contacts.find(workspaceId, conversation.contactId);
    const message: MessageView | null = messageId === null ? null : await this.messages.find(workspaceId, messageId);
    return { conversation, contact, message, event, now: this.clock.now() };
  }
}

/**
 * Evaluates the conditions of a stored filter.
 * @throws Error when the filter contains fields that this version does not have.
 */
export function explainRuleFilter(filter: FilterNode, context: RuleContext): FilterExplanation {
  const parsed = parseFilter(filter, AUTOMATION_FIELDS, { purpose: 'memory' });
  if (!parsed.ok)
    throw new Error(
      'The stored filter is not valid: ' +
        `${parsed.issues.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
    );
  return explainFilter(parsed.filter, AUTOMATION_FIELDS, toFilterSubject(context));
}
