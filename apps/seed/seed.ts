import { setTimeout as sleep } from 'node:timers/promises';
import { ARTICLES } from './articles.js';
import { SeedClient, type ApiObject } from './seed-client.js';
import { contactIdentifier, seedConversations, type Agent } from './seed-conversations.js';
import {
  AGENT_PASSWORD,
  AGENTS,
  AUTOMATIONS,
  CANNED_RESPONSES,
  COMPANIES,
  INBOXES,
  LANGUAGES,
  SEGMENT,
  TEAMS,
  VIP_TAG,
} from './workspace-content.js';

const RUNS_TIMEOUT_MS = 30_000;
const POLL_MS = 250;

/** A running server and a credential of an admin of the workspace to fill. */
export interface SeedOptions {
  readonly url: string;
  readonly key: string;
  readonly onProgress: (line: string) => void;
}

/**
 * Fills a workspace with example content through the API. Creates only what does not exist: users are found by e-mail,
 * contacts and conversations by their external IDs, and other objects by name.
 */
export async function seed({ url, key, onProgress }: SeedOptions): Promise<void> {
  const admin = new SeedClient(url, key);
  const report = (what: string, created: number): void => onProgress(`${what}: ${created} created`);

  const agents = await seedAgents(admin);
  report('agents', agents.created);
  if (agents.created > 0) onProgress(`the agents sign in with the password ${AGENT_PASSWORD}`);
  const agentIds = agents.items.map(({ id }) => id);
  const teams = await seedTeams(admin, agentIds);
  report('teams', teams.created);
  const inboxes = await seedInboxes(admin, agentIds, teams.byName);
  report('inboxes', inboxes.created);
  report('companies', await createMissing(admin, '/companies', COMPANIES));
  report('contacts', await createMissing(admin, '/contacts', contacts()));
  report('segments', await createMissing(admin, '/segments', [SEGMENT]));
  report('canned responses', await createMissing(admin, '/canned-responses', CANNED_RESPONSES));
  report('articles', await seedArticles(admin));
  const automations = await seedAutomations(admin, teams.byName);
  report('automations', automations.created);
  const inboxIds = [...inboxes.byName.values()];
  report('conversations', await seedConversations({ admin, agents: agents.items, inboxIds }));
  for (const [name, id] of automations.byName) onProgress(`runs of "${name}": ${await waitForRuns(admin, id)}`);
}

/** Invites the agents and accepts the invitations. Signs in existing agents only if they write messages. */
async function seedAgents(admin: SeedClient): Promise<{ items: Agent[]; created: number }> {
  const items: Agent[] = [];
  let created = 0;
  for (const { email, name } of AGENTS) {
    const present = (await admin.list('/users', { q: email })).data.find((user) => user['email'] === email);
    if (present?.['status'] === 'active') {
      items.push({ id: present.id, name, client: once(() => signIn(admin, email)) });
      continue;
    }
    const invited = present
      ? await admin.post(`/users/${present.id}/invite`, { send: false })
      : await admin.post('/users/invite', { email, name, role: 'agent', send: false });
    const { token } = invited['invitation'] as { readonly token: string };
    const session = await admin
      .withCredential(null)
      .post('/auth/invitations/accept', { token, password: AGENT_PASSWORD });
    const client = Promise.resolve(admin.withCredential(String(session['access_token'])));
    items.push({ id: invited.id, name, client: () => client });
    created += 1;
  }
  return { items, created };
}

async function signIn(admin: SeedClient, email: string): Promise<SeedClient> {
  const session = await admin.withCredential(null).post('/auth/login', { email, password: AGENT_PASSWORD });
  return admin.withCredential(String(session['access_token']));
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => (loaded ??= load());
}

/** Objects by name, and how many of them were created. */
interface NamedObjects {
  readonly byName: ReadonlyMap<string, string>;
  readonly created: number;
}

async function ensureNamed(
  admin: SeedClient,
  path: string,
  bodies: readonly { readonly name: string }[],
): Promise<NamedObjects> {
  const byName = new Map<string, string>();
  let created = 0;
  for (const body of bodies) {
    const isSame = (item: ApiObject): boolean => item['name'] === body.name;
    const present = (await admin.list(path, { q: body.name })).data.find(isSame);
    byName.set(body.name, (present ?? (await admin.post(path, body))).id);
    if (!present) created += 1;
  }
  return { byName, created };
}

function seedTeams(admin: SeedClient, agentIds: readonly string[]): Promise<NamedObjects> {
  const bodies = TEAMS.map(({ members, ...team }) => ({
    ...team,
    member_ids: members.map((index) => agentIds[index]),
  }));
  return ensureNamed(admin, '/teams', bodies);
}

function seedInboxes(
  admin: SeedClient,
  agentIds: readonly string[],
  teamIds: ReadonlyMap<string, string>,
): Promise<NamedObjects> {
  const bodies = INBOXES.map(({ members, team, ...inbox }) => ({
    ...inbox,
    team_id: team === null ? null : teamIds.get(team),
    member_ids: members.map((index) => agentIds[index]),
  }));
  return ensureNamed(admin, '/team-inboxes', bodies);
}

function seedAutomations(admin: SeedClient, teamIds: ReadonlyMap<string, string>): Promise<NamedObjects> {
  const bodies = AUTOMATIONS.map(({ team, actions, ...rule }) => ({
    ...rule,
    actions: [...(team === null ? [] : [{ type: 'assign_team', team_id: teamIds.get(team) }]), ...actions],
    run_policy: 'once',
  }));
  return ensureNamed(admin, '/automations', bodies);
}

async function createMissing(admin: SeedClient, path: string, bodies: readonly object[]): Promise<number> {
  let created = 0;
  for (const body of bodies) if (await admin.postUnlessPresent(path, body)) created += 1;
  return created;
}

/** The contacts of all languages; their companies follow from their e-mail domains. */
function contacts(): object[] {
  return LANGUAGES.flatMap((language) =>
    language.contacts.map((name, index) => ({
      identifier: contactIdentifier(language, index),
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@${language.domain}`,
      tags: index % 3 === 0 ? [language.code, VIP_TAG] : [language.code],
    })),
  );
}

async function seedArticles(admin: SeedClient): Promise<number> {
  let created = 0;
  for (const article of ARTICLES) {
    const draft = await admin.postUnlessPresent('/knowledge-base', article);
    if (!draft) continue;
    await admin.post(`/knowledge-base/${draft.id}/publish`);
    created += 1;
  }
  return created;
}

/** Number of runs of an automation. Waits for the first run, because rules run in the background. */
async function waitForRuns(admin: SeedClient, id: string): Promise<number> {
  for (const deadline = Date.now() + RUNS_TIMEOUT_MS; ; await sleep(POLL_MS)) {
    const { total } = await admin.list(`/automations/${id}/runs`);
    if (total > 0 || Date.now() > deadline) return total;
  }
}
