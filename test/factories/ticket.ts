import { randomUUID } from 'node:crypto';
import { getData, type Client } from '../support/client.js';
import type { ItemResponse, Ticket } from '../support/wire.js';

/** Creates a ticket with a new contact and conversation. Omitted fields get default values. */
export async function createTicket(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Ticket> {
  return getData(
    await client.post<ItemResponse<Ticket>>('/v1/tickets', {
      subject: 'Cannot access my account',
      ...('conversation_id' in fields ? {} : { contact: { email: `${randomUUID()}@example.com`, name: 'John Doe' } }),
      ...fields,
    }),
  );
}
