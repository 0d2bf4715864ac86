import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { AnswerOnMessageCreated } from './automatic-answers/answer-on-message-created.subscriber.js';
import { SaidBeforeRepository } from './automatic-answers/said-before.repository.js';
import { BulkChangesRepository } from './bulk/bulk-changes.repository.js';
import { BulkChanges } from './bulk/bulk-changes.service.js';
import { ChangeConversations } from './bulk/change-conversations.job.js';
import { ConversationBulkController } from './bulk/conversation-bulk.controller.js';
import { ForgetBulkChanges } from './bulk/forget-bulk-changes.service.js';
import { CannedResponsesController } from './canned-responses/canned-responses.controller.js';
import { CannedResponsesRepository } from './canned-responses/canned-responses.repository.js';
import { CannedResponsesService } from './canned-responses/canned-responses.service.js';
import { ContactMovesRepository } from './contact-holdings/contact-moves.repository.js';
import { ContactWordsRepository } from './contact-holdings/contact-words.repository.js';
import { ConversationHoldings } from './contact-holdings/conversation-holdings.service.js';
import { ConversationAssignment } from './conversations/conversation-assignment.service.js';
import { ConversationChanges } from './conversations/conversation-change.service.js';
import { ConversationDrafting } from './conversations/conversation-drafting.service.js';
import { ConversationEdits } from './conversations/conversation-edit.service.js';
import { ConversationIntake } from './conversations/conversation-intake.service.js';
import { ConversationListsRepository } from './conversations/conversation-lists.repository.js';
import { ConversationRendering } from './conversations/conversation-rendering.service.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConversationsRepository } from './conversations/conversations.repository.js';
import { ConversationsService } from './conversations/conversations.service.js';
import { HandOnOnUserDeactivated } from './conversations/hand-on-on-user-deactivated.subscriber.js';
import { ReleaseOnTeamOrInboxDeleted } from './conversations/release-on-team-or-inbox-deleted.subscriber.js';
import { UnsnoozeOnTime } from './conversations/unsnooze-on-time.timer.js';
import { FilesController } from './files/files.controller.js';
import { FilesRepository } from './files/files.repository.js';
import { FilesService } from './files/files.service.js';
import { FileFoldersController } from './files/folders/file-folders.controller.js';
import { FileFoldersRepository } from './files/folders/file-folders.repository.js';
import { FileFoldersService } from './files/folders/file-folders.service.js';
import { ConversationMessagesController } from './messages/conversation-messages.controller.js';
import { ConversationMerges } from './merging/conversation-merges.service.js';
import { ConversationMergingController } from './merging/conversation-merging.controller.js';
import { ConversationSplits } from './merging/conversation-splits.service.js';
import { MergeEffects } from './merging/merge-effects.service.js';
import { MergesRepository } from './merging/merges.repository.js';
import { ThreadsRepository } from './merging/threads.repository.js';
import { ConversationMetadataController } from './metadata/conversation-metadata.controller.js';
import { MessageAuthors } from './messages/message-authors.service.js';
import { MessageDeliveries } from './messages/message-deliveries.service.js';
import { MessageDrafting } from './messages/message-drafting.service.js';
import { MessagePostings } from './messages/message-postings.service.js';
import { MessageRendering } from './messages/message-rendering.service.js';
import { MessageWriting } from './messages/message-writing.service.js';
import { MessagesController } from './messages/messages.controller.js';
import { MessagesRepository } from './messages/messages.repository.js';
import { MessagesService } from './messages/messages.service.js';
import { ConversationNotesController } from './notes/conversation-notes.controller.js';
import { NotifyOnConversationAssigned } from './notifications/notify-on-conversation-assigned.subscriber.js';
import { HearingRepository } from './notifications/hearing.repository.js';
import { NotifyOnMessageCreated } from './notifications/notify-on-message-created.subscriber.js';
import { SettleNotifications } from './notifications/settle-notifications-on-read-or-deleted.subscriber.js';
import { ConversationParticipantsController } from './participants/conversation-participants.controller.js';
import { ParticipantsRepository } from './participants/participants.repository.js';
import { ParticipantsService } from './participants/participants.service.js';
import { Participation } from './participants/participation.service.js';
import { QuickRepliesController } from './quick-replies/quick-replies.controller.js';
import { QuickRepliesRepository } from './quick-replies/quick-replies.repository.js';
import { QuickRepliesService } from './quick-replies/quick-replies.service.js';
import { ConversationReadingController } from './reading/conversation-reading.controller.js';
import { ReadingRepository } from './reading/reading.repository.js';
import { ReadingService } from './reading/reading.service.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { SavedViewsRepository } from './saved-views/saved-views.repository.js';
import { SavedViewsService } from './saved-views/saved-views.service.js';
import { ScheduledEnds } from './scheduled-messages/scheduled-ends.service.js';
import { ScheduledMessageRendering } from './scheduled-messages/scheduled-message-rendering.service.js';
import { ScheduledMessagesController } from './scheduled-messages/scheduled-messages.controller.js';
import { ScheduledMessagesRepository } from './scheduled-messages/scheduled-messages.repository.js';
import { ScheduledMessagesService } from './scheduled-messages/scheduled-messages.service.js';
import { ScheduledSending } from './scheduled-messages/scheduled-sending.service.js';
import { SendScheduledOnTime } from './scheduled-messages/send-scheduled-on-time.timer.js';
import { ConversationSearchRepository } from './search/conversation-search.repository.js';
import { ConversationSearch } from './search/conversation-search.service.js';
import { Audiences } from './sharing/audiences.service.js';
import { TemplateFactsService } from './templates/template-facts.service.js';
import { ConversationTranscriptsController } from './transcripts/conversation-transcripts.controller.js';
import { TranscriptsService } from './transcripts/transcripts.service.js';
import { ConversationTypingController } from './typing/conversation-typing.controller.js';
import { TypingService } from './typing/typing.service.js';

const CONVERSATIONS = [
  ConversationsRepository,
  ConversationListsRepository,
  ConversationChanges,
  ConversationAssignment,
  ConversationEdits,
  ConversationDrafting,
  ConversationIntake,
  ConversationsService,
  ConversationRendering,
  UnsnoozeOnTime,
  ReleaseOnTeamOrInboxDeleted,
  HandOnOnUserDeactivated,
];

const PARTICIPANTS = [ParticipantsRepository, Participation, ParticipantsService];

const READING = [ReadingRepository, ReadingService, TypingService];

const MERGING = [ThreadsRepository, MergesRepository, MergeEffects, ConversationMerges, ConversationSplits];

const BULK = [BulkChangesRepository, BulkChanges, ChangeConversations, ForgetBulkChanges];

const MESSAGES = [
  MessagesRepository,
  MessageAuthors,
  MessageDrafting,
  MessageWriting,
  MessageDeliveries,
  MessagesService,
  MessagePostings,
  MessageRendering,
  SaidBeforeRepository,
  AnswerOnMessageCreated,
];

const NOTIFICATIONS = [HearingRepository, NotifyOnConversationAssigned, NotifyOnMessageCreated, SettleNotifications];

const PREPARED_TEXTS = [
  Audiences,
  TemplateFactsService,
  CannedResponsesRepository,
  CannedResponsesService,
  QuickRepliesRepository,
  QuickRepliesService,
];

const SCHEDULED_MESSAGES = [
  ScheduledMessagesRepository,
  ScheduledMessagesService,
  ScheduledEnds,
  ScheduledSending,
  SendScheduledOnTime,
  ScheduledMessageRendering,
];

/** Conversations and what is said in them. */
@Module({
  imports: [IdentityModule],
  controllers: [
    ConversationReadingController,
    ConversationsController,
    ConversationMessagesController,
    ConversationParticipantsController,
    ConversationTypingController,
    ConversationMergingController,
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
    ContactWordsRepository,
    ConversationHoldings,
    ...CONVERSATIONS,
    ...PARTICIPANTS,
    ...READING,
    ...MERGING,
    ...BULK,
    TranscriptsService,
    ...MESSAGES,
    ...NOTIFICATIONS,
    ...PREPARED_TEXTS,
    ...SCHEDULED_MESSAGES,
    FilesRepository,
    FilesService,
    FileFoldersRepository,
    FileFoldersService,
    ConversationSearchRepository,
    ConversationSearch,
    SavedViewsRepository,
    SavedViewsService,
  ],
  exports: [
    ConversationsService,
    ConversationIntake,
    ConversationEdits,
    ConversationAssignment,
    MessagesService,
    MessageDeliveries,
    FilesService,
    ParticipantsService,
    ReadingService,
    TypingService,
    ConversationMerges,
    ConversationSplits,
    TranscriptsService,
    BulkChanges,
  ],
})
export class MessagingModule {}
