import { Injectable } from '@nestjs/common';
import { Subscribe, type Changed, type RecordedEvent } from '@parley/kernel/events';
import { InboxesService, NotificationsService, TeamsService, UsersService } from '@parley/teams';
import { isReopening } from '../conversations/conversation-status.js';
import type { ConversationStatus, ConversationView } from '../conversations/conversation.view.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ConversationUpdated, type ConversationChangeEventData } from '../messaging.events.js';
import { CONVERSATION_UNASSIGNED } from './notification-kinds.js';
import { excludeActor } from './notification-recipients.js';

/** Notifies the users who can take over a conversation that lost its assignee when it was reopened. */
@Injectable()
export class NotifyOnConversationUnassignedSubscriber {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly notifications: NotificationsService,
    private readonly inboxes: InboxesService,
    private readonly teams: TeamsService,
    private readonly users: UsersService,
  ) {}

  @Subscribe([ConversationUpdated], { id: 'messaging.notify-on-conversation-unassigned' })
  async notify(event: RecordedEvent<ConversationChangeEventData>): Promise<void> {
    if (!isUnassignedByReopening(event.data.changed as Changed)) return;
    const { workspaceId, subjectId, id: eventId, actor, occurredAt } = event;
    const conversation = await this.conversations.find(workspaceId, subjectId);
    if (!conversation || conversation.assigneeId !== null) return;
    const userIds = await this.listRecipientIds(workspaceId, conversation);
    const { number, subject, lastMessage } = conversation;
    await this.notifications.notify(workspaceId, [
      {
        recipients: excludeActor(userIds, actor).map((userId) => ({ userId, kind: CONVERSATION_UNASSIGNED })),
        eventId,
        conversationId: subjectId,
        inboxId: conversation.inboxId,
        messageId: null,
        actor,
        title: `Reopened conversation #${number} has no assignee`,
        body: subject ?? lastMessage?.body ?? '',
        occurredAt,
      },
    ]);
  }

  private async listRecipientIds(
    workspaceId: string,
    { teamId, inboxId }: Pick<ConversationView, 'teamId' | 'inboxId'>,
  ): Promise<string[]> {
    const memberIds =
      teamId !== null
        ? await this.teams.listMemberIds(workspaceId, teamId)
        : inboxId !== null
          ? await this.inboxes.listMemberIds(workspaceId, inboxId)
          : [];
    return memberIds.length > 0 ? memberIds : this.users.listAdminIds(workspaceId);
  }
}

function isUnassignedByReopening({ status, assignee_id: assignee }: Changed): boolean {
  if (!status || !assignee) return false;
  const [before, after] = status as [ConversationStatus, ConversationStatus];
  return isReopening(before, after) && assignee[0] !== null && assignee[1] === null;
}
