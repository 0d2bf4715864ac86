import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import pg from 'pg';
import { makeContact } from '../factories/contact.js';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeFile } from '../factories/file.js';
import { makeTeam } from '../factories/team.js';
import { apiKey, dataOf, type Workspace } from './client.js';
import { receiverUrl } from './receiver.js';
import type { LoggedEvent, One } from './wire.js';

/** How an object of one kind comes to be in a workspace, and how it is looked at. */
export interface Sample {
  /** Makes one and gives its id. */
  make(workspace: Workspace): Promise<string>;
  /** All that the workspace can see of it. */
  read(workspace: Workspace, id: string): Promise<unknown>;
}

function got(collection: string, make: Sample['make']): Sample {
  return { make, read: async ({ client }, id) => dataOf(await client.get<One<unknown>>(`${collection}/${id}`)) };
}

function listed(collection: string, make: Sample['make']): Sample {
  const read: Sample['read'] = async ({ client }, id) => (await client.get<{ data: { id: string }[] }>(collection, { limit: 100 })).body.data.find((one) => one.id === id);
  return { make, read };
}

function posted(collection: string, body: () => object): Sample {
  return got(collection, async ({ client }) => dataOf(await client.post<One<{ id: string }>>(collection, body())).id);
}

const contact = got('/v1/contacts', async ({ client }) => (await makeContact(client)).id);
const conversation = got('/v1/conversations', async ({ client }) => (await makeConversation(client)).id);
const message = got('/v1/messages', async ({ client }) => (await makeMessage(client, (await makeConversation(client)).id)).id);
const file = got('/v1/files', async ({ client }) => (await makeFile(client)).id);
const team = got('/v1/teams', async ({ client }) => (await makeTeam(client)).id);
const user = got('/v1/users', ({ userId }) => Promise.resolve(userId));
const key = listed('/v1/api-keys', async (workspace) => (await apiKey(workspace)).id);
const workspace: Sample = { make: ({ id }) => Promise.resolve(id), read: async ({ client }) => dataOf(await client.get<One<unknown>>('/v1/me')) };
const deadLetter = listed('/v1/dead-letters', parkTimer);
const tag = posted('/v1/tags', () => ({ name: `billing-${randomUUID()}` }));
const automation = posted('/v1/automations', () => ({ name: 'Tag everything', events: ['conversation.created'], enabled: false, actions: [{ type: 'add_tags', tags: ['seen'] }] }));

const article = posted('/v1/knowledge-base', () => ({ title: `Reset your password ${randomUUID()}`, body: 'Open **Settings**.' }));

const auditEntry = got('/v1/audit', async ({ client }) => {
  const { id } = await makeConversation(client);
  return eventually(async () => (await client.get<{ data: { id: string }[] }>('/v1/audit', { subject_id: id })).body.data[0]?.id ?? null);
});

const webhook = got('/v1/webhooks', async (owner) => (await makeWebhook(owner)).id);
const webhookOf = new Map<string, string>();

const delivery: Sample = {
  make: async (owner) => {
    const { id } = await makeWebhook(owner);
    await makeConversation(owner.client);
    const done = await eventually(async () => (await owner.client.get<{ data: { id: string }[] }>(`/v1/webhooks/${id}/deliveries`, { status: 'succeeded' })).body.data[0] ?? null);
    webhookOf.set(done.id, id);
    return done.id;
  },
  read: async ({ client }, id) => dataOf(await client.get<One<unknown>>(`/v1/webhooks/${webhookOf.get(id)}/deliveries/${id}`)),
};

async function makeWebhook({ client }: Workspace): Promise<{ id: string }> {
  return dataOf(await client.post<One<{ id: string }>>('/v1/webhooks', { url: await receiverUrl(), events: ['conversation.created'] }));
}

const event: Sample = {
  make: async ({ client }) => {
    const { id } = await makeConversation(client);
    return (await eventsAbout(client, id))[0]!.id;
  },
  read: async ({ client }, id) => (await client.get<{ data: LoggedEvent[] }>('/v1/events', { limit: 100 })).body.data.find((one) => one.id === id),
};

async function eventsAbout(client: Workspace['client'], subjectId: string): Promise<LoggedEvent[]> {
  return (await client.get<{ data: LoggedEvent[] }>('/v1/events', { subject_id: subjectId })).body.data;
}

/** No call makes a dead letter, so one is put where they are kept. */
async function parkTimer({ id: workspaceId }: Workspace): Promise<string> {
  const database = new pg.Client({ connectionString: Object.assign(new URL(process.env.PARLEY_TEST_POSTGRES!), { pathname: '/parley_e2e' }).href });
  await database.connect();
  try {
    const id = randomUUID();
    const statement = `insert into kernel.dead_letters (id, workspace_id, kind, consumer, payload, error, attempts, parked_at) values ($1, $2, 'timer', 'test.none', $3, 'Error: out of luck', 5, now())`;
    await database.query(statement, [id, workspaceId, JSON.stringify({ key: randomUUID(), payload: {} })]);
    return id;
  } finally {
    await database.end();
  }
}

/** Samples by path, up to and with the parameter that takes their id. */
export const PATH_SAMPLES: Readonly<Record<string, Sample>> = {
  '/v1/api-keys/{id}': key,
  '/v1/audit/{id}': auditEntry,
  '/v1/automations/{id}': automation,
  '/v1/contacts/{id}': contact,
  '/v1/conversations/{id}': conversation,
  '/v1/customer-profiles/{id}': contact,
  '/v1/dead-letters/{id}': deadLetter,
  '/v1/files/{id}': file,
  '/v1/knowledge-base/{id}': article,
  '/v1/messages/{id}': message,
  '/v1/tags/{id}': tag,
  '/v1/teams/{id}': team,
  '/v1/teams/{id}/members/{user_id}': user,
  '/v1/users/{id}': user,
  '/v1/webhooks/{id}': webhook,
  '/v1/webhooks/{id}/deliveries/{delivery_id}': delivery,
};

/** Samples by the name of the field of a body, or of the query, that takes their ids. */
export const FIELD_SAMPLES: Readonly<Record<string, Sample>> = {
  actor_id: user,
  after: event,
  assignee: user,
  assignee_id: user,
  attachment_ids: file,
  automation_id: automation,
  contact,
  contact_id: contact,
  conversation_id: conversation,
  event_id: event,
  in_reply_to: message,
  member: user,
  member_ids: user,
  message_id: message,
  subject_id: conversation,
  team,
  team_id: team,
  user_id: user,
  workspace_id: workspace,
};

/** The sample that a path parameter takes. */
export function pathSample(path: string, parameter: string): Sample | undefined {
  const end = path.indexOf(`{${parameter}}`) + parameter.length + 2;
  return PATH_SAMPLES[path.slice(0, end)];
}
