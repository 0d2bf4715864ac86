import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { ConversationAssignment } from './conversations/conversation-assignment.service.js';
import { ConversationChanges } from './conversations/conversation-change.service.js';
import { ConversationEdits } from './conversations/conversation-edit.service.js';
import { ConversationIntake } from './conversations/conversation-intake.service.js';
import { ConversationListsRepository } from './conversations/conversation-lists.repository.js';
import { ConversationRendering } from './conversations/conversation-rendering.service.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConversationsRepository } from './conversations/conversations.repository.js';
import { ConversationsService } from './conversations/conversations.service.js';
import { UnassignOnTeamDeleted } from './conversations/unassign-on-team-deleted.subscriber.js';
import { UnsnoozeOnTime } from './conversations/unsnooze-on-time.timer.js';
import { FilesController } from './files/files.controller.js';
import { FilesRepository } from './files/files.repository.js';
import { FilesService } from './files/files.service.js';
import { ConversationMessagesController } from './messages/conversation-messages.controller.js';
import { ConversationMetadataController } from './metadata/conversation-metadata.controller.js';
import { MessageDeliveries } from './messages/message-deliveries.service.js';
import { MessageDrafting } from './messages/message-drafting.service.js';
import { MessagePostings } from './messages/message-postings.service.js';
import { MessageRendering } from './messages/message-rendering.service.js';
import { MessageWriting } from './messages/message-writing.service.js';
import { MessagesController } from './messages/messages.controller.js';
import { MessagesRepository } from './messages/messages.repository.js';
import { MessagesService } from './messages/messages.service.js';
import { ConversationNotesController } from './notes/conversation-notes.controller.js';
import { ConversationParticipantsController } from './participants/conversation-participants.controller.js';
import { ParticipantsRepository } from './participants/participants.repository.js';
import { ParticipantsService } from './participants/participants.service.js';
import { Participation } from './participants/participation.service.js';
import { ConversationReadingController } from './reading/conversation-reading.controller.js';
import { ReadingRepository } from './reading/reading.repository.js';
import { ReadingService } from './reading/reading.service.js';
import { ConversationSearchRepository } from './search/conversation-search.repository.js';
import { ConversationSearch } from './search/conversation-search.service.js';
import { ConversationTypingController } from './typing/conversation-typing.controller.js';
import { TypingService } from './typing/typing.service.js';

/** Conversations and what is said in them. */
@Module({
  imports: [IdentityModule],
  controllers: [
    ConversationReadingController, ConversationsController, ConversationMessagesController, ConversationParticipantsController, ConversationTypingController, MessagesController, ConversationNotesController, ConversationMetadataController, FilesController,
  ],
  providers: [
    ConversationsRepository, ConversationListsRepository, ConversationChanges, ConversationAssignment, ConversationEdits, ConversationIntake, ConversationsService, UnsnoozeOnTime,
    UnassignOnTeamDeleted, MessagesRepository, MessageDrafting, MessageWriting, MessageDeliveries, MessagesService, MessagePostings, FilesRepository, FilesService, ConversationSearchRepository, ConversationSearch, ConversationRendering,
    MessageRendering, ParticipantsRepository, Participation, ParticipantsService, ReadingRepository, ReadingService, TypingService,
  ],
  exports: [ParticipantsService, ReadingService, TypingService, MessageDeliveries, ConversationsService, ConversationIntake, ConversationEdits, ConversationAssignment, MessagesService, FilesService],
})
export class MessagingModule {}
