import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Events } from '@parley/kernel/events';
import { Timers } from '@parley/kernel/timers';
import { ScheduledMessageFailed, ScheduledMessageSent } from '../message.events.js';
import type { MessageView } from '../messages/message.view.js';
import type { ScheduledMessageView } from './scheduled-message.view.js';
import { ScheduledMessagesRepository } from './scheduled-messages.repository.js';
import { SEND_SCHEDULED_MESSAGE } from './scheduled-messages.service.js';

/** Records the outcome of scheduled messages and emits its events. */
@Injectable()
export class ScheduledMessageFinalizer {
  constructor(
    private readonly scheduledMessages: ScheduledMessagesRepository,
    private readonly timers: Timers,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async markSent(
    workspaceId: string,
    { id, contactId }: ScheduledMessageView,
    { id: messageId, conversationId }: MessageView,
  ): Promise<ScheduledMessageView> {
    await this.timers.cancel(workspaceId, SEND_SCHEDULED_MESSAGE, id);
    this.events.append(
      new ScheduledMessageSent(id, { conversation_id: conversationId, contact_id: contactId, message_id: messageId }),
    );
    return this.scheduledMessages.finalize(workspaceId, id, { messageId }, this.clock.now().toISOString());
  }

  async markFailed(
    workspaceId: string,
    { id, conversationId, contactId, author }: ScheduledMessageView,
    error: string,
  ): Promise<void> {
    this.events.append(
      new ScheduledMessageFailed(id, {
        conversation_id: conversationId,
        contact_id: contactId,
        author_id: author.id,
        error,
      }),
    );
    await this.scheduledMessages.finalize(workspaceId, id, { error }, this.clock.now().toISOString());
  }
}
