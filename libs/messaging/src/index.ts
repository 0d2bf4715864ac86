export { BulkChanges, type WantedBulkChange } from './bulk/bulk-changes.service.js';
export { ConversationAssignment, type Assignment } from './conversations/conversation-assignment.service.js';
export { eventNames } from './conversations/conversation-changes.js';
export { ConversationEdits } from './conversations/conversation-edit.service.js';
export {
  CONVERSATION_FAMILIES,
  CONVERSATION_FIELDS,
  CONVERSATION_FILTER_FIELDS,
} from './conversations/conversation-fields.js';
export { ConversationIntake, type ConversationToBegin } from './conversations/conversation-intake.service.js';
export * from './conversations/conversation.view.js';
export { ConversationsService } from './conversations/conversations.service.js';
export type { ConversationsFilter } from './conversations/conversations-filter.js';
export type { FileView } from './files/file.view.js';
export { FilesService } from './files/files.service.js';
export { ConversationMerges, type WantedMerge } from './merging/conversation-merges.service.js';
export { ConversationSplits } from './merging/conversation-splits.service.js';
export { MessageDeliveries } from './messages/message-deliveries.service.js';
export type { ReportedStatus } from './messages/delivery-status.js';
export * from './messages/message.view.js';
export { MessagesService } from './messages/messages.service.js';
export * from './messaging.events.js';
export { ParticipantsService } from './participants/participants.service.js';
export { ReadingService, type WantedReader } from './reading/reading.service.js';
export type { ReadingView, UnreadCounts } from './reading/reading.view.js';
export { TranscriptsService, type Transcript } from './transcripts/transcripts.service.js';
export { TypingService, type Typing } from './typing/typing.service.js';
export { MessagingModule } from './messaging.module.js';
export { renderTemplate, TEMPLATE_VARIABLES, templateFaults, type TemplateFacts } from './templates/templates.js';
