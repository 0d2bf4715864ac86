import { Injectable } from '@nestjs/common';
import { Subscribe, type Changed, type RecordedEvent } from '@parley/kernel';
import { InboxesService, NotificationsService, TeamsService, type NotificationKind } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import {
  ConversationAssigned,
  ConversationCreated,
  ConversationUpdated,
  type ConversationChange,
} from '../messaging.events.js';
import { others } from './notices.js';

/** Tells people of what is assigned to them, and of what begins where they work. */
@Injectable()
export class NotifyOnConversationAssigned {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly notifications: NotificationsService,
    private readonly inboxes: InboxesService,
    private readonly teams: TeamsService,
  ) {}

  @Subscribe([ConversationAssigned, ConversationUpdated], { id: 'messaging.notify-on-conversation-assigned' })
  async tellAssignee(event: RecordedEvent<ConversationChange>): Promise<void> {
    const { assignee_id: change } = event.data.changed as Changed;
    if (change && typeof change[1] === 'string')
      await this.tell(event, [change[1]], 'conversation_assigned', 'You were assigned conversation');
  }

  @Subscribe([ConversationCreated], { id: 'messaging.notify-on-conversation-created' })
  async tellColleagues(event: RecordedEvent<ConversationCreated['data']>): Promise<void> {
    const { inbox_id: inboxId, team_id: teamId, assignee_id: assigneeId } = event.data;
    if (assigneeId !== null)
      return this.tell(event, [assigneeId], 'conversation_assigned', 'You were assigned conversation');
    const here =
      inboxId !== null
        ? await this.inboxes.memberIds(event.workspaceId, inboxId)
        : teamId !== null
          ? await this.teams.memberIds(event.workspaceId, teamId)
          : [];
    await this.tell(event, here, 'conversation_created', 'There is a new conversation:');
  }

  private async tell(
    event: RecordedEvent,
    userIds: readonly string[],
    kind: NotificationKind,
    words: string,
  ): Promise<void> {
    const { workspaceId, subjectId, actor, id: eventId, occurredAt: at } = event;
    const recipients = others(userIds, actor).map((userId) => ({ userId, kind }));
    const conversation = recipients.length === 0 ? null : await this.conversations.find(workspaceId, subjectId);
    if (!conversation) return;
    const { id: conversationId, number, subject, lastMessage } = conversation;
    await this.notifications.notify(workspaceId, recipients, {
      eventId,
      conversationId,
      messageId: null,
      actor,
      title: `${words} #${number}`,
      body: subject ?? lastMessage?.body ?? '',
      at,
    });
  }
}
