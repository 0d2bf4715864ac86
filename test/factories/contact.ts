import { randomUUID } from 'node:crypto';
import { dataOf, type Client } from '../support/client.js';
import type { Contact, One } from '../support/wire.js';

/** Makes a contact; what is not said is made up. */
export async function makeContact(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Contact> {
  return dataOf(
    await client.post<One<Contact>>('/v1/contacts', {
      name: 'John Doe',
      email: `john-${randomUUID()}@example.com`,
      ...fields,
    }),
  );
}
