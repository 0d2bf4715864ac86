import { randomUUID } from 'node:crypto';
import { dataOf, type Client } from '../support/client.js';
import type { Conversation, Message, One } from '../support/wire.js';

/** Begins a conversation with a new contact and a first comment; what is not said is made up. */
export async function makeConversation(
  client: Client,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Conversation> {
  const contact =
    'contact_id' in fields ? {} : { contact: { email: `john-${randomUUID()}@example.com`, name: 'John Doe' } };
  return dataOf(
    await client.post<One<Conversation>>('/v1/conversations', {
      subject: 'Missing invoice',
      ...contact,
      message: { body: 'Where is my invoice?' },
      ...fields,
    }),
  );
}

/** Says something in a conversation. */
export async function makeMessage(
  client: Client,
  conversationId: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Message> {
  return dataOf(
    await client.post<One<Message>>(`/v1/conversations/${conversationId}/messages`, {
      body: 'Your invoice is attached.',
      type: 'reply',
      ...fields,
    }),
  );
}
