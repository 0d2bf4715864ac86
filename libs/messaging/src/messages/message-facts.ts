import type { MessageFacts } from '../messaging.events.js';
import type { MessageView } from './message.view.js';

/** What every event about a message tells. */
export function factsOf(message: MessageView): MessageFacts {
  return { conversation_id: message.conversationId, type: message.type, author_type: message.author.type, author_id: message.author.id };
}
