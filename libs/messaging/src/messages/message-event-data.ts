import type { MessageEventData } from '../messaging.events.js';
import type { MessageView } from './message.view.js';

/** What every event about a message tells; `contactId` is the customer of its conversation. */
export function messageEventData(message: MessageView, contactId: string): MessageEventData {
  return {
    conversation_id: message.conversationId,
    contact_id: contactId,
    type: message.type,
    author_type: message.author.type,
    author_id: message.author.id,
  };
}
