import { dataOf, type Client } from '../support/client.js';
import type { Note, One } from '../support/wire.js';

/** Writes a note on a conversation. */
export async function makeNote(
  client: Client,
  conversationId: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Note> {
  return dataOf(
    await client.post<One<Note>>('/v1/conversation-notes', {
      conversation_id: conversationId,
      body: 'Who knows about invoice 4711?',
      ...fields,
    }),
  );
}
