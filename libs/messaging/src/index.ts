export {
  ConversationBulkService as BulkChanges,
  type BulkUpdateConversationsInput as WantedBulkChange,
} from './bulk/conversation-bulk.service.js';
export {
  ConversationAssignmentService as ConversationAssignment,
  type AssignmentInput as Assignment,
} from './conversations/conversation-assignment.service.js';
export { ConversationActionsService as ConversationEdits } from './conversations/conversation-actions.service.js';
export {
  CONVERSATION_FAMILIES,
  CONVERSATION_FIELDS,
  CONVERSATION_FILTER_FIELDS,
} from './conversations/conversation-fields.js';
export {
  ConversationCreator as ConversationIntake,
  type CreateConversationInput as ConversationToBegin,
} from './conversations/conversation-creator.service.js';
export * from './conversations/conversation.view.js';
export { ConversationsService } from './conversations/conversations.service.js';
export type { ConversationsFilter } from './conversations/conversations-filter.js';
export type { FileView } from './files/file.view.js';
export { FilesService } from './files/files.service.js';
export {
  ConversationMergeService as ConversationMerges,
  type MergeConversationsInput as WantedMerge,
} from './merging/conversation-merge.service.js';
export { ConversationSplitService as ConversationSplits } from './merging/conversation-split.service.js';
export { MessageDeliveryService as MessageDeliveries } from './messages/message-delivery.service.js';
export type { ReportedStatus } from './messages/delivery-status.js';
export * from './messages/message.view.js';
export { MessagesService } from './messages/messages.service.js';
export * from './messaging.events.js';
export { ParticipantsService } from './participants/participants.service.js';
export {
  ReadStateService as ReadingService,
  type ReaderInput as WantedReader,
} from './read-state/read-state.service.js';
export type { ReadStateView as ReadingView, UnreadCounts } from './read-state/read-state.view.js';
export { TranscriptsService, type Transcript } from './transcripts/transcripts.service.js';
export { TypingService, type TypingInput as Typing } from './typing/typing.service.js';
export { MessagingModule } from './messaging.module.js';
export {
  renderTemplate,
  TEMPLATE_VARIABLES,
  validateTemplate as templateFaults,
  type TemplateContext as TemplateFacts,
} from './templates/templates.js';
