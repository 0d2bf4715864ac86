import { getData, type Client } from '../support/client.js';
import type { Note, ItemResponse } from '../support/wire.js';

/** Creates a note on a conversation. */
export async function createNote(
  client: Client,
  conversationId: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Note> {
  return getData(
    await client.post<ItemResponse<Note>>('/v1/conversation-notes', {
      conversation_id: conversationId,
      body: 'Who knows about invoice 4711?',
      ...fields,
    }),
  );
}
