import { randomUUID } from 'node:crypto';
import { dataOf, type Client } from '../support/client.js';
import type { One, Team } from '../support/wire.js';

/** Makes a team; what is not said is made up. */
export async function makeTeam(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Team> {
  return dataOf(await client.post<One<Team>>('/v1/teams', { name: `Billing ${randomUUID().slice(0, 8)}`, ...fields }));
}
