import type { ConversationCreated } from '../messaging.events.js';
import type { ConversationState } from './conversation.view.js';

/** Data of a `conversation.created` event. */
export function conversationCreatedData(
  state: ConversationState,
  messageId: string | null,
): ConversationCreated['data'] {
  return {
    number: state.number,
    channel: state.channel,
    contact_id: state.contactId,
    inbox_id: state.inboxId,
    team_id: state.teamId,
    assignee_id: state.assigneeId,
    status: state.status,
    priority: state.priority,
    tags: state.tags,
    message_id: messageId,
  };
}
