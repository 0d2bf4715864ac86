import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { InboxesService } from '@parley/teams';
import { MessageCreator } from '../messages/message-creator.service.js';
import { MessageCreated, type MessageEventData } from '../message.events.js';
import { AutoReplyPresenceCache } from './auto-reply-presence-cache.service.js';
import { resolveAutoReply } from './auto-reply.js';
import { AutoReplyRepository } from './auto-reply.repository.js';

/** Sends the greeting or the away message of the inbox when a customer writes. */
@Injectable()
export class SendAutoReplyOnMessageCreatedSubscriber {
  constructor(
    private readonly presence: AutoReplyPresenceCache,
    private readonly inboxes: InboxesService,
    private readonly autoReplies: AutoReplyRepository,
    private readonly creator: MessageCreator,
  ) {}

  @Subscribe([MessageCreated], { id: 'messaging.send-auto-reply-on-message-created' })
  async sendAutoReply({ workspaceId, subjectId, data, occurredAt }: RecordedEvent<MessageEventData>): Promise<void> {
    if (data.type !== 'comment' || !(await this.presence.hasAutoReplies(workspaceId))) return;
    const inboxId = await this.autoReplies.findInboxId(workspaceId, data.conversation_id);
    const inbox = inboxId === null ? null : await this.inboxes.find(workspaceId, inboxId);
    if (!inbox || (inbox.greeting === null && inbox.awayMessage === null)) return;
    const autoReply = resolveAutoReply(
      inbox,
      await this.autoReplies.getHistory(workspaceId, subjectId),
      new Date(occurredAt),
    );
    if (autoReply)
      await this.creator.create(workspaceId, data.conversation_id, {
        type: 'reply',
        body: autoReply.body,
        contentAttributes: { automatic: autoReply.kind },
      });
  }
}
