import { randomUUID } from 'node:crypto';
import { getData, type Client } from '../support/client.js';
import type { ItemResponse, Team } from '../support/wire.js';

/** Creates a team. Omitted fields get default values. */
export async function createTeam(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Team> {
  return getData(
    await client.post<ItemResponse<Team>>('/v1/teams', { name: `Billing ${randomUUID().slice(0, 8)}`, ...fields }),
  );
}
