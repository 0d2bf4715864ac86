import { Injectable } from '@nestjs/common';
import { DomainError, runAs, UnitOfWork, unprocessable } from '@parley/kernel';
import { UsersService } from '@parley/teams';
import type { MessageView } from '../messages/message.view.js';
import { MessageWriting } from '../messages/message-writing.service.js';
import { renderPrepared, TemplateFactsService } from '../templates/template-facts.service.js';
import { ScheduledEnds } from './scheduled-ends.service.js';
import type { ScheduledMessageView } from './scheduled-message.view.js';
import { ScheduledMessagesRepository } from './scheduled-messages.repository.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';

/** Says what was scheduled, in the name of who scheduled it. */
@Injectable()
export class ScheduledSending {
  constructor(
    private readonly scheduled: ScheduledMessagesRepository,
    private readonly service: ScheduledMessagesService,
    private readonly writing: MessageWriting,
    private readonly facts: TemplateFactsService,
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly ends: ScheduledEnds,
  ) {}

  /** Says it now, whatever its time. @throws DomainError NOT_FOUND, UNPROCESSABLE when it was said already or cannot be; then it waits on as before. */
  sendNow(workspaceId: string, id: string): Promise<ScheduledMessageView> {
    return this.unitOfWork.run(async () => {
      const message = await this.service.lockUnsent(workspaceId, id);
      return this.ends.sent(workspaceId, message, await this.say(workspaceId, message));
    });
  }

  /** Says what is due, or notes why it cannot be said. */
  async sendDue(workspaceId: string, id: string): Promise<void> {
    const message = await this.scheduled.lock(workspaceId, id);
    if (message?.status !== 'pending') return;
    try {
      const said = await this.unitOfWork.attempt(() => this.say(workspaceId, message));
      await this.ends.sent(workspaceId, message, said);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.ends.failed(workspaceId, message, error.message);
    }
  }

  /** Says it, in the conversation that its own was merged into, if it was. */
  private async say(
    workspaceId: string,
    { conversationId, author, type, body, contentType, attachmentIds }: ScheduledMessageView,
  ): Promise<MessageView> {
    const userId = author.kind === 'user' ? author.id : null;
    if (userId !== null) await this.users.assertActive(workspaceId, userId);
    const facts = await this.facts.of(workspaceId, conversationId, userId);
    const { id, status } = facts.conversation;
    if (status !== 'open' && status !== 'pending') throw unprocessable(`The conversation is ${status}`, { status });
    const rendered = renderPrepared(body, contentType, facts);
    return runAs(author, () =>
      this.writing.create(workspaceId, id, { type, body: rendered, contentType, fileIds: attachmentIds }),
    );
  }
}
