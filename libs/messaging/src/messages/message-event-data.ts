import type { MessageEventData } from '../messaging.events.js';
import type { MessageView } from './message.view.js';

/** Builds the common data of message events; `contactId` is the contact of the conversation. */
export function messageEventData(message: MessageView, contactId: string): MessageEventData {
  return {
    conversation_id: message.conversationId,
    contact_id: contactId,
    type: message.type,
    author_type: message.author.type,
    author_id: message.author.id,
  };
}
