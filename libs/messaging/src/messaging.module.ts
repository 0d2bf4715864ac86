import { Module } from '@nestjs/common';
import { ConversationAccessModule } from './access/conversation-access.module.js';
import { AutoRepliesModule } from './auto-replies/auto-replies.module.js';
import { ConversationBulkModule } from './bulk/conversation-bulk.module.js';
import { CannedResponsesModule } from './canned-responses/canned-responses.module.js';
import { ConversationContactDataModule } from './contact-data/conversation-contact-data.module.js';
import { ConversationActionsModule } from './conversations/conversation-actions.module.js';
import { ConversationReopeningModule } from './conversations/conversation-reopening.module.js';
import { ConversationRecordsModule } from './conversations/conversation-records.module.js';
import { ConversationsModule } from './conversations/conversations.module.js';
import { FilesModule } from './files/files.module.js';
import { FileFoldersModule } from './files/folders/file-folders.module.js';
import { ConversationMergingModule } from './merging/conversation-merging.module.js';
import { MessageRecordsModule } from './messages/message-records.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { ConversationMetadataModule } from './metadata/conversation-metadata.module.js';
import { ConversationNotesModule } from './notes/conversation-notes.module.js';
import { ConversationNotificationsModule } from './notifications/conversation-notifications.module.js';
import { ParticipantRecordsModule } from './participants/participant-records.module.js';
import { ParticipantsModule } from './participants/participants.module.js';
import { QuickRepliesModule } from './quick-replies/quick-replies.module.js';
import { ConversationReadStateModule } from './read-state/conversation-read-state.module.js';
import { MessagingReferencesModule } from './references/messaging-references.module.js';
import { SavedViewsModule } from './saved-views/saved-views.module.js';
import { ScheduledMessagesModule } from './scheduled-messages/scheduled-messages.module.js';
import { ConversationSearchModule } from './search/conversation-search.module.js';
import { TemplatesModule } from './templates/templates.module.js';
import { ConversationTranscriptsModule } from './transcripts/conversation-transcripts.module.js';
import { ConversationTypingModule } from './typing/conversation-typing.module.js';
import { VisibilityModule } from './visibility/visibility.module.js';

/** Conversations and their messages. */
@Module({
  imports: [
    ConversationAccessModule,
    AutoRepliesModule,
    ConversationBulkModule,
    CannedResponsesModule,
    ConversationContactDataModule,
    ConversationActionsModule,
    ConversationReopeningModule,
    ConversationRecordsModule,
    ConversationsModule,
    FilesModule,
    FileFoldersModule,
    ConversationMergingModule,
    MessageRecordsModule,
    MessagesModule,
    ConversationMetadataModule,
    ConversationNotesModule,
    ConversationNotificationsModule,
    ParticipantRecordsModule,
    ParticipantsModule,
    QuickRepliesModule,
    ConversationReadStateModule,
    MessagingReferencesModule,
    SavedViewsModule,
    ScheduledMessagesModule,
    ConversationSearchModule,
    TemplatesModule,
    ConversationTranscriptsModule,
    ConversationTypingModule,
    VisibilityModule,
  ],
  exports: [
    ConversationBulkModule,
    ConversationActionsModule,
    ConversationRecordsModule,
    ConversationsModule,
    FilesModule,
    ConversationMergingModule,
    MessagesModule,
    ParticipantsModule,
    ConversationReadStateModule,
    ConversationTranscriptsModule,
    ConversationTypingModule,
  ],
})
export class MessagingModule {}
