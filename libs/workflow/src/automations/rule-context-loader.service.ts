import { Injectable } from '@nestjs/common';
import { Clock, type Actor } from '@parley/kernel';
import type { Changed } from '@parley/kernel/events';
import { explainFilter, parseFilter, type FilterExplanation, type FilterNode } from '@parley/kernel/filter';
import { ContactsService } from '@parley/identity';
import { ConversationsService, MessagesService, type MessageView } from '@parley/messaging';
import { AUTOMATION_FIELDS } from './automation-fields.js';
import { toFilterSubject, type RuleContext } from './rule-subject.js';

/** What a rule is to look at. */
export interface RuleTrigger {
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly event: { readonly type: string; readonly actor: Actor; readonly changed: Changed };
}

/** Gathers what rules look at, and holds filters against it. */
@Injectable()
export class RuleContextLoader {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly contacts: ContactsService,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
  ) {}

  /** The facts as they are now; null when the conversation is gone. */
  async load(workspaceId: string, { conversationId, messageId, event }: RuleTrigger): Promise<RuleContext | null> {
    const conversation = await this.conversations.find(workspaceId, conversationId);
    if (!conversation) return null;
    const contact = await this.contacts.find(workspaceId, conversation.contactId);
    const message: MessageView | null = messageId === null ? null : await this.messages.find(workspaceId, messageId);
    return { conversation, contact, message, event, now: this.clock.now() };
  }
}

/**
 * Which conditions of a stored filter hold for the facts.
 * @throws Error when the filter names fields that this version no longer has.
 */
export function explainRuleFilter(filter: FilterNode, context: RuleContext): FilterExplanation {
  const parsed = parseFilter(filter, AUTOMATION_FIELDS, { purpose: 'memory' });
  if (!parsed.ok)
    throw new Error(
      `The stored filter no longer passes: ${parsed.issues.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
    );
  return explainFilter(parsed.filter, AUTOMATION_FIELDS, toFilterSubject(context));
}
