import { createHash, randomUUID } from 'node:crypto';
import { invite, createMember } from '../../factories/member.js';
import { createNotification } from '../../factories/notification.js';
import { createTeam } from '../../factories/team.js';
import { createApiKey, getData, signIn } from '../client.js';
import { withDatabase } from '../database.js';
import type { ItemResponse } from '../wire.js';
import { gettableSample, listedSample, postedSample, type Sample, type Samples } from './sample.js';

const team = gettableSample('/v1/teams', async ({ client }) => (await createTeam(client)).id);
/** Owner of the workspace. */
export const user = gettableSample('/v1/users', ({ userId }) => Promise.resolve(userId));
const key = gettableSample('/v1/api-keys', async (workspace) => (await createApiKey(workspace)).id);
const inbox = postedSample('/v1/team-inboxes', () => ({ name: `Support ${randomUUID()}` }));
const role = postedSample('/v1/roles', () => ({ name: `Lead ${randomUUID()}`, scopes: ['contacts:read'] }));
// Disabled, so that `GET /v1/auth/oidc` shows it to no other workspace.
const oidcProvider = postedSample('/v1/oidc-providers', () => ({
  name: 'Acme login',
  issuer: 'https://login.acme.example',
  client_id: 'parley',
  enabled: false,
}));
const session = listedSample('/v1/sessions', async (owner) => {
  const { client } = await signIn(owner);
  return (await client.get<{ data: { id: string; current: boolean }[] }>('/v1/sessions')).body.data.find(
    ({ current }) => current,
  )!.id;
});
const notification = listedSample('/v1/notifications', async (workspace) => (await createNotification(workspace)).id);
const organization = gettableSample('/v1/organizations', ({ id }) => Promise.resolve(id));
const workspace: Sample = {
  create: ({ id }) => Promise.resolve(id),
  read: async ({ client }) => getData(await client.get<ItemResponse<unknown>>('/v1/me')),
};

/** Enables a second factor without an authenticator app. */
async function enableSecondFactor(userId: string, recoveryCode: string | null): Promise<void> {
  const hashes = recoveryCode === null ? [] : [createHash('sha256').update(`${userId}:${recoveryCode}`).digest('hex')];
  await withDatabase((database) =>
    database.query(
      `insert into teams.second_factors (user_id, sealed_secret, enabled_at, recovery_hashes)
       values ($1, 'sealed', now(), $2)`,
      [userId, hashes],
    ),
  );
}

/** Creates an e-mail change that the token of the documented example confirms. */
async function requestEmailChange(userId: string): Promise<void> {
  const hash = createHash('sha256')
    .update(`ec_3q2-7w${'A'.repeat(37)}`)
    .digest('hex');
  const [id, email] = [randomUUID(), `${randomUUID()}@example.com`];
  await withDatabase((database) =>
    database.query(
      `insert into teams.email_changes (id, user_id, email, token_hash, expires_at)
       values ($1, $2, $3, $4, now() + interval '1 day')
       on conflict (token_hash) do update set user_id = excluded.user_id, email = excluded.email, used_at = null`,
      [id, userId, email, hash],
    ),
  );
}

/** Samples of the teams domain. */
export const TEAMS: Samples = {
  paths: {
    '/v1/api-keys/{id}': key,
    '/v1/auth/oidc/{provider_id}': oidcProvider,
    '/v1/notifications/{id}': notification,
    '/v1/oidc-providers/{id}': oidcProvider,
    '/v1/organizations/{id}': organization,
    '/v1/roles/{id}': role,
    '/v1/sessions/{id}': session,
    '/v1/team-inboxes/{id}': inbox,
    '/v1/team-inboxes/{id}/members/{user_id}': user,
    '/v1/teams/{id}': team,
    '/v1/teams/{id}/members/{user_id}': user,
    '/v1/users/{id}': user,
  },
  fields: {
    actor_id: user,
    author_id: user,
    assignee: user,
    assignee_id: user,
    reassign_to: user,
    inbox,
    inbox_id: inbox,
    inbox_ids: inbox,
    member: user,
    member_ids: user,
    team,
    team_id: team,
    team_ids: team,
    user_id: user,
    workspace_id: workspace,
  },
  preparations: {
    'emails.confirm': ({ userId }) => requestEmailChange(userId),
    'emailLinks.create': async (workspace, ids) => {
      const { userId, password, client } = await createMember(workspace);
      ids.id = userId;
      await client.post('/v1/auth/email', { password, email: `${randomUUID()}@example.com` });
    },
    'memberSecondFactors.reset': async (workspace, ids) => {
      ids.id = (await createMember(workspace)).userId;
      await enableSecondFactor(ids.id, null);
    },
    'secondFactor.renewRecoveryCodes': ({ userId }) => enableSecondFactor(userId, 'k7mq2xwd9hfar3tn'),
    'memberStatus.deactivate': async (workspace, ids) => void (ids.id = (await createMember(workspace)).userId),
    'invitations.resend': async ({ client }, ids) => void (ids.id = (await invite(client)).id),
    'invitations.revoke': async ({ client }, ids) => void (ids.id = (await invite(client)).id),
    'inboxes.removeMember': async ({ client }, { id, user_id }) =>
      void (await client.post(`/v1/team-inboxes/${id}/members`, { user_id })),
    'teams.removeMember': async ({ client }, { id, user_id }) =>
      void (await client.post(`/v1/teams/${id}/members`, { user_id })),
  },
};
