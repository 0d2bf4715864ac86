import { randomUUID } from 'node:crypto';
import { dataOf, type Client } from '../support/client.js';
import type { Inbox, One } from '../support/wire.js';

/** Makes a team inbox; what is not said is made up. */
export async function makeInbox(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Inbox> {
  return dataOf(
    await client.post<One<Inbox>>('/v1/team-inboxes', { name: `Support ${randomUUID().slice(0, 8)}`, ...fields }),
  );
}
