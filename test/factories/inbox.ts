import { randomUUID } from 'node:crypto';
import { getData, type Client } from '../support/client.js';
import type { Inbox, ItemResponse } from '../support/wire.js';

/** Creates a team inbox. Omitted fields get default values. */
export async function createInbox(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Inbox> {
  return getData(
    await client.post<ItemResponse<Inbox>>('/v1/team-inboxes', {
      name: `Support ${randomUUID().slice(0, 8)}`,
      ...fields,
    }),
  );
}
