import { randomUUID } from 'node:crypto';
import { getData, type Client } from '../support/client.js';
import type { Contact, ItemResponse } from '../support/wire.js';

/** Creates a contact. Omitted fields get default values. */
export async function createContact(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Contact> {
  return getData(
    await client.post<ItemResponse<Contact>>('/v1/contacts', {
      name: 'John Doe',
      email: `john-${randomUUID()}@example.com`,
      ...fields,
    }),
  );
}
