import { randomUUID } from 'node:crypto';
import { getData, type Client } from '../support/client.js';
import type { Conversation, Message, ItemResponse } from '../support/wire.js';

/** Creates a conversation with a new contact and a first comment. Omitted fields get default values. */
export async function createConversation(
  client: Client,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Conversation> {
  const contact =
    'contact_id' in fields ? {} : { contact: { email: `john-${randomUUID()}@example.com`, name: 'John Doe' } };
  return getData(
    await client.post<ItemResponse<Conversation>>('/v1/conversations', {
      subject: 'Missing invoice',
      ...contact,
      message: { body: 'Where is my invoice?' },
      ...fields,
    }),
  );
}

/** Creates a message in a conversation. Omitted fields get default values. */
export async function createMessage(
  client: Client,
  conversationId: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Message> {
  return getData(
    await client.post<ItemResponse<Message>>(`/v1/conversations/${conversationId}/messages`, {
      body: 'Your invoice is attached.',
      type: 'reply',
      ...fields,
    }),
  );
}
