import { Injectable } from '@nestjs/common';
import { Subscribe, type Changed, type RecordedEvent } from '@parley/kernel/events';
import { InboxesService, NotificationsService, TeamsService, type NotificationKind } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import {
  ConversationAssigned,
  ConversationCreated,
  ConversationUpdated,
  type ConversationChangeEventData,
} from '../messaging.events.js';
import { CONVERSATION_ASSIGNED, CONVERSATION_CREATED } from './notification-kinds.js';
import { excludeActor } from './notification-recipients.js';

/**
 * Notifies users of conversations assigned to them, and members of an inbox or team of its new unassigned
 * conversations.
 */
@Injectable()
export class NotifyOnConversationAssignedSubscriber {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly notifications: NotificationsService,
    private readonly inboxes: InboxesService,
    private readonly teams: TeamsService,
  ) {}

  @Subscribe([ConversationAssigned, ConversationUpdated], { id: 'messaging.notify-on-conversation-assigned' })
  async notifyAssignee(event: RecordedEvent<ConversationChangeEventData>): Promise<void> {
    const { assignee_id: change } = event.data.changed as Changed;
    if (change && typeof change[1] === 'string')
      await this.notify(event, [change[1]], CONVERSATION_ASSIGNED, 'You were assigned conversation');
  }

  @Subscribe([ConversationCreated], { id: 'messaging.notify-on-conversation-created' })
  async notifyMembers(event: RecordedEvent<ConversationCreated['data']>): Promise<void> {
    const { inbox_id: inboxId, team_id: teamId, assignee_id: assigneeId } = event.data;
    if (assigneeId !== null)
      return this.notify(event, [assigneeId], CONVERSATION_ASSIGNED, 'You were assigned conversation');
    const memberIds =
      inboxId !== null
        ? await this.inboxes.listMemberIds(event.workspaceId, inboxId)
        : teamId !== null
          ? await this.teams.listMemberIds(event.workspaceId, teamId)
          : [];
    await this.notify(event, memberIds, CONVERSATION_CREATED, 'New conversation');
  }

  private async notify(
    event: RecordedEvent,
    userIds: readonly string[],
    kind: NotificationKind,
    titlePrefix: string,
  ): Promise<void> {
    const { workspaceId, subjectId, actor, id: eventId, occurredAt: at } = event;
    const recipients = excludeActor(userIds, actor).map((userId) => ({ userId, kind }));
    const conversation = recipients.length === 0 ? null : await this.conversations.find(workspaceId, subjectId);
    if (!conversation) return;
    const { id: conversationId, inboxId, number, subject, lastMessage } = conversation;
    const title = `${titlePrefix} #${number}`;
    const body = subject ?? lastMessage?.body ?? '';
    await this.notifications.notify(workspaceId, [
      { recipients, eventId, conversationId, inboxId, messageId: null, actor, title, body, occurredAt: at },
    ]);
  }
}
