import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { InboxesService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { MessageCreated, type MessageFacts } from '../messaging.events.js';
import { automaticAnswer } from './automatic-answer.js';
import { SaidBeforeRepository } from './said-before.repository.js';

/** Greets customers in the name of the inbox they write to, or tells them that nobody is there. */
@Injectable()
export class AnswerOnMessageCreated {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly inboxes: InboxesService,
    private readonly said: SaidBeforeRepository,
    private readonly messages: MessagesService,
  ) {}

  @Subscribe([MessageCreated], { id: 'messaging.answer-on-message-created' })
  async answer({ workspaceId, subjectId, data, occurredAt }: RecordedEvent<MessageFacts>): Promise<void> {
    if (data.type !== 'comment') return;
    const conversation = await this.conversations.find(workspaceId, data.conversation_id);
    if (!conversation?.inboxId || conversation.status === 'closed') return;
    const inbox = await this.inboxes.find(workspaceId, conversation.inboxId);
    if (!inbox || (inbox.greeting === null && inbox.awayMessage === null)) return;
    const answer = automaticAnswer(inbox, await this.said.before(workspaceId, subjectId), new Date(occurredAt));
    if (answer) await this.messages.create(workspaceId, conversation.id, { type: 'reply', body: answer.body, contentAttributes: { automatic: answer.kind } });
  }
}
