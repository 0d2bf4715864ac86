import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { TeamsModule } from '@parley/teams';
import { ConversationActionsService } from './conversation-actions.service.js';
import { ConversationAssignmentService } from './conversation-assignment.service.js';
import { ConversationRecordsModule } from './conversation-records.module.js';
import { ReassignConversationsOnUserDeactivatedSubscriber } from './reassign-conversations-on-user-deactivated.subscriber.js';
import { UnassignConversationsOnTeamOrInboxDeletedSubscriber } from './unassign-conversations-on-team-or-inbox-deleted.subscriber.js';
import { UnsnoozeConversationTimer } from './unsnooze-conversation.timer.js';

/** Changes of status, assignee and fields. */
@Module({
  imports: [IdentityModule, TeamsModule, ConversationRecordsModule],
  providers: [
    ConversationActionsService,
    ConversationAssignmentService,
    UnsnoozeConversationTimer,
    UnassignConversationsOnTeamOrInboxDeletedSubscriber,
    ReassignConversationsOnUserDeactivatedSubscriber,
  ],
  exports: [ConversationActionsService, ConversationAssignmentService],
})
export class ConversationActionsModule {}
