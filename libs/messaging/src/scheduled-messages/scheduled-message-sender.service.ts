import { Injectable } from '@nestjs/common';
import { DomainError, runAs, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { ReferencedObjectsService } from '@parley/teams';
import type { MessageView } from '../messages/message.view.js';
import { MessageCreator } from '../messages/message-creator.service.js';
import { renderTemplateOrThrow, TemplateContextLoader } from '../templates/template-context-loader.service.js';
import { ScheduledMessageFinalizer } from './scheduled-message-finalizer.service.js';
import type { ScheduledMessageView } from './scheduled-message.view.js';
import { ScheduledMessagesRepository } from './scheduled-messages.repository.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';

/** Sends scheduled messages in the name of their author. */
@Injectable()
export class ScheduledMessageSender {
  constructor(
    private readonly scheduledMessages: ScheduledMessagesRepository,
    private readonly service: ScheduledMessagesService,
    private readonly messageCreator: MessageCreator,
    private readonly templateContext: TemplateContextLoader,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly finalizer: ScheduledMessageFinalizer,
  ) {}

  /**
   * Sends the message now, regardless of its time.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE when it was already sent or cannot be sent; it then stays scheduled.
   */
  sendNow(workspaceId: string, id: string): Promise<ScheduledMessageView> {
    return this.unitOfWork.run(async () => {
      const message = await this.service.lockUnsent(workspaceId, id);
      return this.finalizer.markSent(workspaceId, message, await this.send(workspaceId, message, null));
    });
  }

  /** Sends a due message, or records the reason why it cannot be sent. */
  async sendDue(workspaceId: string, id: string): Promise<void> {
    const message = await this.scheduledMessages.lock(workspaceId, id);
    if (message?.status !== 'pending') return;
    try {
      const sentMessage = await this.unitOfWork.runInSavepoint(() => this.send(workspaceId, message, message.sendAt));
      await this.finalizer.markSent(workspaceId, message, sentMessage);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.finalizer.markFailed(workspaceId, message, error.message);
    }
  }

  /**
   * Creates the message, in the merge target if its conversation was merged. A snooze that ended by `dueAt` does not
   * count: its timer and that of the message are due at the same time, in any order.
   */
  private async send(
    workspaceId: string,
    { conversationId, author, type, body, contentType, attachmentIds }: ScheduledMessageView,
    dueAt: string | null,
  ): Promise<MessageView> {
    const userId = author.kind === 'user' ? author.id : null;
    await this.referencedObjects.resolve(workspaceId, { userId });
    const context = await this.templateContext.load(workspaceId, conversationId, userId);
    const { id, status, snoozedUntil } = context.conversation;
    const hasSnoozeEnded = status === 'snoozed' && snoozedUntil !== null && dueAt !== null && snoozedUntil <= dueAt;
    if (status !== 'open' && status !== 'pending' && !hasSnoozeEnded)
      throw unprocessableError(`The conversation is ${status}`, { status });
    const rendered = renderTemplateOrThrow(body, contentType, context);
    return runAs(author, () =>
      this.messageCreator.create(workspaceId, id, { type, body: rendered, contentType, fileIds: attachmentIds }),
    );
  }
}
