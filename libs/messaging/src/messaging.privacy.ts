import { declareEventPrivacy } from '@parley/kernel/erasure';
import { ConversationCreated } from './messaging.events.js';

declareEventPrivacy({
  keptFields: ['status', 'priority', 'channel', 'tags', 'type', 'author_type', 'side', 'reader'],
  freeFields: ['metadata', 'content_attributes'],
  contactSubjects: [{ created: ConversationCreated, field: 'conversation_id' }],
});
