import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { SendAutoReplyOnMessageCreatedSubscriber } from './auto-replies/send-auto-reply-on-message-created.subscriber.js';
import { AutoReplyRepository } from './auto-replies/auto-reply.repository.js';
import { BulkChangeEntity } from './bulk/bulk-change.entity.js';
import { BulkChangesRepository } from './bulk/bulk-changes.repository.js';
import { ConversationBulkService } from './bulk/conversation-bulk.service.js';
import { UpdateConversationsJob } from './bulk/update-conversations.job.js';
import { ConversationBulkController } from './bulk/conversation-bulk.controller.js';
import { BulkChangeRetentionService } from './bulk/bulk-change-retention.service.js';
import { CannedResponseEntity } from './canned-responses/canned-response.entity.js';
import { CannedResponsesController } from './canned-responses/canned-responses.controller.js';
import { CannedResponsesRepository } from './canned-responses/canned-responses.repository.js';
import { CannedResponsesService } from './canned-responses/canned-responses.service.js';
import { ContactMoveEntity } from './contact-data/contact-move.entity.js';
import { ContactMovesRepository } from './contact-data/contact-moves.repository.js';
import { ContactMessagesRepository } from './contact-data/contact-messages.repository.js';
import { ConversationContactDataService } from './contact-data/conversation-contact-data.service.js';
import { ConversationAssignmentService } from './conversations/conversation-assignment.service.js';
import { ConversationNumberEntity } from './conversations/conversation-number.entity.js';
import { ConversationUpdater } from './conversations/conversation-updater.service.js';
import { ConversationBuilder } from './conversations/conversation-builder.service.js';
import { ConversationActionsService } from './conversations/conversation-actions.service.js';
import { ConversationCreator } from './conversations/conversation-creator.service.js';
import { ConversationListsRepository } from './conversations/conversation-lists.repository.js';
import { ConversationRenderer } from './conversations/conversation-renderer.service.js';
import { ConversationEntity } from './conversations/conversation.entity.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConversationsRepository } from './conversations/conversations.repository.js';
import { ConversationsService } from './conversations/conversations.service.js';
import { ReassignConversationsOnUserDeactivatedSubscriber } from './conversations/reassign-conversations-on-user-deactivated.subscriber.js';
import { UnassignConversationsOnTeamOrInboxDeletedSubscriber } from './conversations/unassign-conversations-on-team-or-inbox-deleted.subscriber.js';
import { UnsnoozeConversationTimer } from './conversations/unsnooze-conversation.timer.js';
import { FileEntity } from './files/file.entity.js';
import { FilesController } from './files/files.controller.js';
import { FilesRepository } from './files/files.repository.js';
import { FilesService } from './files/files.service.js';
import { FileFolderEntity } from './files/folders/file-folder.entity.js';
import { FileFoldersController } from './files/folders/file-folders.controller.js';
import { FileFoldersRepository } from './files/folders/file-folders.repository.js';
import { FileFoldersService } from './files/folders/file-folders.service.js';
import { ConversationMessagesController } from './messages/conversation-messages.controller.js';
import { ConversationMergeEntity } from './merging/conversation-merge.entity.js';
import { ConversationMergeService } from './merging/conversation-merge.service.js';
import { ConversationMergeController } from './merging/conversation-merge.controller.js';
import { ConversationSplitService } from './merging/conversation-split.service.js';
import { MergeSideEffectsService } from './merging/merge-side-effects.service.js';
import { MergesRepository } from './merging/merges.repository.js';
import { MergedMessagesRepository } from './merging/merged-messages.repository.js';
import { ConversationMetadataController } from './metadata/conversation-metadata.controller.js';
import { MessageDeliveryService } from './messages/message-delivery.service.js';
import { MessageBuilder } from './messages/message-builder.service.js';
import { MessageRenderer } from './messages/message-renderer.service.js';
import { MessageCreator } from './messages/message-creator.service.js';
import { MessageEntity } from './messages/message.entity.js';
import { MessagesController } from './messages/messages.controller.js';
import { MessagesRepository } from './messages/messages.repository.js';
import { MessagesService } from './messages/messages.service.js';
import { ConversationNotesController } from './notes/conversation-notes.controller.js';
import { NotifyOnConversationAssignedSubscriber } from './notifications/notify-on-conversation-assigned.subscriber.js';
import { NotificationRecipientsRepository } from './notifications/notification-recipients.repository.js';
import { NotifyOnMessageCreatedSubscriber } from './notifications/notify-on-message-created.subscriber.js';
import { ClearNotificationsOnReadOrDeletedSubscriber } from './notifications/clear-notifications-on-read-or-deleted.subscriber.js';
import { ConversationParticipantsController } from './participants/conversation-participants.controller.js';
import { ParticipantEntity } from './participants/participant.entity.js';
import { ParticipantsRepository } from './participants/participants.repository.js';
import { ParticipantsService } from './participants/participants.service.js';
import { ParticipantsWriter } from './participants/participants-writer.service.js';
import { QuickRepliesController } from './quick-replies/quick-replies.controller.js';
import { QuickRepliesRepository } from './quick-replies/quick-replies.repository.js';
import { QuickRepliesService } from './quick-replies/quick-replies.service.js';
import { QuickReplyEntity } from './quick-replies/quick-reply.entity.js';
import { ConversationReadStateController } from './read-state/conversation-read-state.controller.js';
import { ReadStateEntity } from './read-state/read-state.entity.js';
import { ReadStateRepository } from './read-state/read-state.repository.js';
import { ReadStateService } from './read-state/read-state.service.js';
import { SavedViewEntity } from './saved-views/saved-view.entity.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { SavedViewsRepository } from './saved-views/saved-views.repository.js';
import { SavedViewsService } from './saved-views/saved-views.service.js';
import { ScheduledMessageFinalizer } from './scheduled-messages/scheduled-message-finalizer.service.js';
import { ScheduledMessageRenderer } from './scheduled-messages/scheduled-message-renderer.service.js';
import { ScheduledMessageEntity } from './scheduled-messages/scheduled-message.entity.js';
import { ScheduledMessagesController } from './scheduled-messages/scheduled-messages.controller.js';
import { ScheduledMessagesRepository } from './scheduled-messages/scheduled-messages.repository.js';
import { ScheduledMessagesService } from './scheduled-messages/scheduled-messages.service.js';
import { ScheduledMessageSender } from './scheduled-messages/scheduled-message-sender.service.js';
import { SendScheduledMessageTimer } from './scheduled-messages/send-scheduled-message.timer.js';
import { ConversationSearchRepository } from './search/conversation-search.repository.js';
import { ConversationSearchService } from './search/conversation-search.service.js';
import { VisibilityPolicy } from './visibility/visibility-policy.service.js';
import { TemplateContextLoader } from './templates/template-context-loader.service.js';
import { ConversationTranscriptsController } from './transcripts/conversation-transcripts.controller.js';
import { TranscriptsService } from './transcripts/transcripts.service.js';
import { ConversationTypingController } from './typing/conversation-typing.controller.js';
import { TypingService } from './typing/typing.service.js';

const CONVERSATIONS = [
  ConversationsRepository,
  ConversationListsRepository,
  ConversationUpdater,
  ConversationAssignmentService,
  ConversationActionsService,
  ConversationBuilder,
  ConversationCreator,
  ConversationsService,
  ConversationRenderer,
  UnsnoozeConversationTimer,
  UnassignConversationsOnTeamOrInboxDeletedSubscriber,
  ReassignConversationsOnUserDeactivatedSubscriber,
];

const PARTICIPANTS = [ParticipantsRepository, ParticipantsWriter, ParticipantsService];

const READ_STATE = [ReadStateRepository, ReadStateService, TypingService];

const MERGES = [
  MergedMessagesRepository,
  MergesRepository,
  MergeSideEffectsService,
  ConversationMergeService,
  ConversationSplitService,
];

const BULK = [BulkChangesRepository, ConversationBulkService, UpdateConversationsJob, BulkChangeRetentionService];

const MESSAGES = [
  MessagesRepository,
  MessageBuilder,
  MessageCreator,
  MessageDeliveryService,
  MessagesService,
  MessageRenderer,
  AutoReplyRepository,
  SendAutoReplyOnMessageCreatedSubscriber,
];

const NOTIFICATIONS = [
  NotificationRecipientsRepository,
  NotifyOnConversationAssignedSubscriber,
  NotifyOnMessageCreatedSubscriber,
  ClearNotificationsOnReadOrDeletedSubscriber,
];

const TEMPLATES = [
  VisibilityPolicy,
  TemplateContextLoader,
  CannedResponsesRepository,
  CannedResponsesService,
  QuickRepliesRepository,
  QuickRepliesService,
];

const SCHEDULED_MESSAGES = [
  ScheduledMessagesRepository,
  ScheduledMessagesService,
  ScheduledMessageFinalizer,
  ScheduledMessageSender,
  SendScheduledMessageTimer,
  ScheduledMessageRenderer,
];

/** Conversations and their messages. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      BulkChangeEntity,
      CannedResponseEntity,
      ContactMoveEntity,
      ConversationNumberEntity,
      ConversationEntity,
      FileFolderEntity,
      FileEntity,
      ConversationMergeEntity,
      MessageEntity,
      ParticipantEntity,
      QuickReplyEntity,
      ReadStateEntity,
      SavedViewEntity,
      ScheduledMessageEntity,
    ]),
    IdentityModule,
  ],
  controllers: [
    ConversationReadStateController,
    ConversationsController,
    ConversationMessagesController,
    ConversationParticipantsController,
    ConversationTypingController,
    ConversationMergeController,
    ConversationTranscriptsController,
    ConversationBulkController,
    MessagesController,
    ConversationNotesController,
    ConversationMetadataController,
    FilesController,
    FileFoldersController,
    CannedResponsesController,
    QuickRepliesController,
    ScheduledMessagesController,
    SavedViewsController,
  ],
  providers: [
    ContactMovesRepository,
    ContactMessagesRepository,
    ConversationContactDataService,
    ...CONVERSATIONS,
    ...PARTICIPANTS,
    ...READ_STATE,
    ...MERGES,
    ...BULK,
    TranscriptsService,
    ...MESSAGES,
    ...NOTIFICATIONS,
    ...TEMPLATES,
    ...SCHEDULED_MESSAGES,
    FilesRepository,
    FilesService,
    FileFoldersRepository,
    FileFoldersService,
    ConversationSearchRepository,
    ConversationSearchService,
    SavedViewsRepository,
    SavedViewsService,
  ],
  exports: [
    ConversationsService,
    ConversationCreator,
    ConversationActionsService,
    ConversationAssignmentService,
    MessagesService,
    MessageDeliveryService,
    FilesService,
    ParticipantsService,
    ReadStateService,
    TypingService,
    ConversationMergeService,
    ConversationSplitService,
    TranscriptsService,
    ConversationBulkService,
  ],
})
export class MessagingModule {}
