import { randomUUID } from 'node:crypto';
import { Client, dataOf, signIn, type Workspace } from '../support/client.js';
import { inDatabase } from '../support/database.js';
import type { One } from '../support/wire.js';

/** Somebody else in a workspace. */
export interface Member {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  /** Calls as them, by their access token. */
  readonly client: Client;
}

/** Puts a new person into a workspace, and signs them in. */
export async function makeMember(workspace: Workspace, role = 'agent'): Promise<Member> {
  const userId = randomUUID();
  const email = `${role.slice(0, 5)}-${userId}@example.com`;
  const password = 'staple battery horse';
  await inDatabase((database) => database.query(`insert into teams.users (id, email, name) values ($1, $2, 'Ben Ode')`, [userId, email]));
  await joinWorkspace(workspace, userId, role);
  const { token } = dataOf(await workspace.client.post<One<{ token: string }>>(`/v1/users/${userId}/password-reset`));
  const { status } = await new Client().post('/v1/auth/password-reset/confirm', { token, password });
  if (status !== 204) throw new Error(`the password of a member could not be set: ${status}`);
  return { userId, email, password, client: (await signIn({ email, password })).client };
}

/** Makes somebody a member of one more workspace. */
export async function joinWorkspace({ id }: Pick<Workspace, 'id'>, userId: string, role = 'agent'): Promise<void> {
  await inDatabase((database) => database.query('insert into teams.memberships (workspace_id, user_id, role) values ($1, $2, $3)', [id, userId, role]));
}
