import { randomUUID } from 'node:crypto';
import { makeConversation, makeMessage } from '../../factories/conversation.js';
import { makeFile } from '../../factories/file.js';
import { makeNote } from '../../factories/note.js';
import { makeScheduledMessage } from '../../factories/scheduled-message.js';
import { dataOf } from '../client.js';
import type { One } from '../wire.js';
import { got, posted, type Samples } from './sample.js';
import { user } from './teams.js';

const conversation = got('/v1/conversations', async ({ client }) => (await makeConversation(client)).id);
const message = got(
  '/v1/messages',
  async ({ client }) => (await makeMessage(client, (await makeConversation(client)).id)).id,
);
const file = got('/v1/files', async ({ client }) => (await makeFile(client)).id);
const cannedResponse = posted('/v1/canned-responses', () => ({
  shortcut: `refund-${randomUUID()}`,
  content: 'Your money is on its way.',
}));
const quickReply = posted('/v1/quick-replies', () => ({ title: 'Thanks', body: 'Thank you!' }));
const note = got(
  '/v1/conversation-notes',
  async ({ client }) => (await makeNote(client, (await makeConversation(client)).id)).id,
);

const bulk = got('/v1/conversations/bulk', async ({ client }) => {
  const body = { ids: [(await makeConversation(client)).id], update: { priority: 'low' } };
  return dataOf(await client.post<One<{ id: string }>>('/v1/conversations/bulk', body)).id;
});

const scheduledMessage = got(
  '/v1/scheduled-messages',
  async ({ client }) => (await makeScheduledMessage(client, (await makeConversation(client)).id)).id,
);

const savedView = posted('/v1/saved-views', () => ({
  name: 'Open ones',
  filter: { field: 'status', operator: 'equals', value: 'open' },
}));

const folder = posted('/v1/file-folders', () => ({ name: `contracts ${randomUUID()}` }));

/** Samples of the messaging domain. */
export const MESSAGING: Samples = {
  paths: {
    '/v1/canned-responses/{id}': cannedResponse,
    '/v1/conversation-metadata/{conversation_id}': conversation,
    '/v1/conversation-notes/{id}': note,
    '/v1/conversations/bulk/{id}': bulk,
    '/v1/conversations/{id}': conversation,
    '/v1/conversations/{id}/participants/{user_id}': user,
    '/v1/file-folders/{id}': folder,
    '/v1/files/{id}': file,
    '/v1/messages/{id}': message,
    '/v1/quick-replies/{id}': quickReply,
    '/v1/saved-views/{id}': savedView,
    '/v1/scheduled-messages/{id}': scheduledMessage,
  },
  fields: {
    after_id: message,
    attachment_ids: file,
    before_id: message,
    conversation_id: conversation,
    conversation_ids: conversation,
    file_id: file,
    folder_id: folder,
    // Of the user that a message is said for.
    id: user,
    in_reply_to: message,
    into_id: conversation,
    mention_ids: user,
    message_id: message,
    subject_id: conversation,
  },
  preparations: {
    'conversationParticipants.remove': async ({ client }, { id, user_id }) =>
      void (await client.post(`/v1/conversations/${id}/participants`, { user_id })),
  },
};
