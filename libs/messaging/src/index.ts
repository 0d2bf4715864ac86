import './messaging.scopes.js';
import './messaging.privacy.js';
export type { BulkUpdateConversationsInput } from './bulk/conversation-bulk-request-builder.service.js';
export { ConversationBulkService } from './bulk/conversation-bulk.service.js';
export {
  ConversationAssignmentService,
  type AssignmentInput,
} from './conversations/conversation-assignment.service.js';
export { ConversationActionsService } from './conversations/conversation-actions.service.js';
export { conversationEventTypes } from './conversations/conversation-diff.js';
export { allowedStatuses } from './conversations/conversation-status.js';
export {
  CONVERSATION_FAMILIES,
  CONVERSATION_FIELDS,
  CONVERSATION_FILTER_FIELDS,
} from './conversations/conversation-fields.js';
export { ConversationCreator } from './conversations/conversation-creator.service.js';
export { type CreateConversationInput } from './conversations/create-conversation-input.js';
export * from './conversations/conversation.view.js';
export { ConversationsService } from './conversations/conversations.service.js';
export type { ConversationsFilter } from './conversations/conversations-filter.js';
export type { FileView } from './files/file.view.js';
export { FilesService } from './files/files.service.js';
export { ConversationMergeService, type MergeConversationsInput } from './merging/conversation-merge.service.js';
export { ConversationSplitService } from './merging/conversation-split.service.js';
export { MessageDeliveryService } from './messages/message-delivery.service.js';
export type { ReportedStatus } from './messages/delivery-status.js';
export * from './messages/message.view.js';
export { MessageCreator } from './messages/message-creator.service.js';
export { MessagesService } from './messages/messages.service.js';
export * from './messaging.events.js';
export * from './scheduled-message.events.js';
export * from './shared-settings.events.js';
export { ParticipantsService } from './participants/participants.service.js';
export { ReadStateService, type ReaderInput } from './read-state/read-state.service.js';
export type { ReadStateView, UnreadCounts } from './read-state/read-state.view.js';
export { TranscriptsService, type Transcript } from './transcripts/transcripts.service.js';
export { TypingService, type TypingInput } from './typing/typing.service.js';
export { MessagingModule } from './messaging.module.js';
export {
  type TemplateVariable,
  TEMPLATE_VARIABLE_DEFINITIONS,
  TEMPLATE_VARIABLE_TYPES,
} from './templates/template-variables.js';
export { renderTemplate, templateReferences, validateTemplate, type TemplateContext } from './templates/templates.js';
