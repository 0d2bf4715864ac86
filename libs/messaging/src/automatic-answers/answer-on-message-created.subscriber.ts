import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { InboxesService } from '@parley/teams';
import { MessagesService } from '../messages/messages.service.js';
import { MessageCreated, type MessageFacts } from '../messaging.events.js';
import { automaticAnswer } from './automatic-answer.js';
import { SaidBeforeRepository } from './said-before.repository.js';

/** Greets customers in the name of the inbox they write to, or tells them that nobody is there. */
@Injectable()
export class AnswerOnMessageCreated {
  constructor(
    private readonly inboxes: InboxesService,
    private readonly said: SaidBeforeRepository,
    private readonly messages: MessagesService,
  ) {}

  @Subscribe([MessageCreated], { id: 'messaging.answer-on-message-created' })
  async answer({ workspaceId, subjectId, data, occurredAt }: RecordedEvent<MessageFacts>): Promise<void> {
    if (data.type !== 'comment') return;
    const inboxId = await this.said.inboxOf(workspaceId, data.conversation_id);
    const inbox = inboxId === null ? null : await this.inboxes.find(workspaceId, inboxId);
    if (!inbox || (inbox.greeting === null && inbox.awayMessage === null)) return;
    const answer = automaticAnswer(inbox, await this.said.before(workspaceId, subjectId), new Date(occurredAt));
    if (answer)
      await this.messages.create(workspaceId, data.conversation_id, {
        type: 'reply',
        body: answer.body,
        contentAttributes: { automatic: answer.kind },
      });
  }
}
