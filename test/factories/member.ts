import { randomUUID } from 'node:crypto';
import { Client, getData, type Workspace } from '../support/client.js';
import { withDatabase } from '../support/database.js';
import type { ItemResponse, User } from '../support/wire.js';

/** Member of a workspace. */
export interface Member {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  /** Client with the member's access token. */
  readonly client: Client;
}

/** Invited user with the link. */
export interface Invitation extends User {
  readonly invitation: {
    readonly mailed: boolean;
    readonly url: string | null;
    readonly token: string | null;
    readonly expires_at: string;
  };
}

/** Invites a user without sending a mail. Omitted fields get default values. */
export async function invite(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Invitation> {
  const email = `ben-${randomUUID()}@example.com`;
  return getData(
    await client.post<ItemResponse<Invitation>>('/v1/users/invite', {
      email,
      name: 'Ben Ode',
      role: 'agent',
      send: false,
      ...fields,
    }),
  );
}

/** Adds a new user to a workspace and signs them in. */
export async function createMember(workspace: Workspace, role = 'agent'): Promise<Member> {
  const password = 'staple battery horse';
  const { id: userId, email, invitation } = await invite(workspace.client, { role });
  const { access_token: token } = getData(
    await new Client().post<ItemResponse<{ access_token: string }>>('/v1/auth/invitations/accept', {
      token: invitation.token,
      password,
    }),
  );
  return { userId, email, password, client: new Client(token) };
}

/** Adds an existing user to another workspace. */
export async function joinWorkspace({ id }: Pick<Workspace, 'id'>, userId: string, role = 'agent'): Promise<void> {
  await withDatabase((database) =>
    database.query('insert into teams.memberships (workspace_id, user_id, role) values ($1, $2, $3)', [
      id,
      userId,
      role,
    ]),
  );
}
