import { randomUUID } from 'node:crypto';
import { createConversation, createMessage } from '../../factories/conversation.js';
import { createFile } from '../../factories/file.js';
import { createNote } from '../../factories/note.js';
import { createScheduledMessage } from '../../factories/scheduled-message.js';
import { getData } from '../client.js';
import type { ItemResponse } from '../wire.js';
import { gettableSample, postedSample, type Samples } from './sample.js';
import { user } from './teams.js';

const conversation = gettableSample('/v1/conversations', async ({ client }) => (await createConversation(client)).id);
const message = gettableSample(
  '/v1/messages',
  async ({ client }) => (await createMessage(client, (await createConversation(client)).id)).id,
);
const file = gettableSample('/v1/files', async ({ client }) => (await createFile(client)).id);
const cannedResponse = postedSample('/v1/canned-responses', () => ({
  shortcut: `refund-${randomUUID()}`,
  content: 'Your refund is on its way.',
}));
const quickReply = postedSample('/v1/quick-replies', () => ({ title: 'Thanks', body: 'Thank you!' }));
const note = gettableSample(
  '/v1/conversation-notes',
  async ({ client }) => (await createNote(client, (await createConversation(client)).id)).id,
);

const bulk = gettableSample('/v1/conversations/bulk', async ({ client }) => {
  const body = { ids: [(await createConversation(client)).id], update: { priority: 'low' } };
  return getData(await client.post<ItemResponse<{ id: string }>>('/v1/conversations/bulk', body)).id;
});

const scheduledMessage = gettableSample(
  '/v1/scheduled-messages',
  async ({ client }) => (await createScheduledMessage(client, (await createConversation(client)).id)).id,
);

const savedView = postedSample('/v1/saved-views', () => ({
  name: 'Open conversations',
  filter: { field: 'status', operator: 'equals', value: 'open' },
}));

const folder = postedSample('/v1/file-folders', () => ({ name: `contracts ${randomUUID()}` }));

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
    // ID of the user on whose behalf a message is sent.
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
