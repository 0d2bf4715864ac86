import { Injectable } from '@nestjs/common';
import { Clock, Events, Timers } from '@parley/kernel';
import { ScheduledMessageFailed, ScheduledMessageSent } from '../messaging.events.js';
import type { MessageView } from '../messages/message.view.js';
import type { ScheduledMessageView } from './scheduled-message.view.js';
import { ScheduledMessagesRepository } from './scheduled-messages.repository.js';
import { SEND_SCHEDULED } from './scheduled-messages.service.js';

/** Notes what became of scheduled messages, and tells of it. */
@Injectable()
export class ScheduledEnds {
  constructor(
    private readonly scheduled: ScheduledMessagesRepository,
    private readonly timers: Timers,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async sent(
    workspaceId: string,
    { id, contactId }: ScheduledMessageView,
    { id: messageId, conversationId }: MessageView,
  ): Promise<ScheduledMessageView> {
    await this.timers.cancel(workspaceId, SEND_SCHEDULED, id);
    this.events.append(
      new ScheduledMessageSent(id, { conversation_id: conversationId, contact_id: contactId, message_id: messageId }),
    );
    return this.scheduled.conclude(workspaceId, id, { messageId }, this.clock.now().toISOString());
  }

  async failed(
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
    await this.scheduled.conclude(workspaceId, id, { error }, this.clock.now().toISOString());
  }
}
