import { randomUUID } from 'node:crypto';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { createInbox } from '../factories/inbox.js';
import { createMember, type Member } from '../factories/member.js';
import { createNote } from '../factories/note.js';
import { createScheduledMessage } from '../factories/scheduled-message.js';
import { buildPath, exampleQuery } from '../support/calls.js';
import { getData, registerWorkspace, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { getApiDocument, listOperations, type Operation } from '../support/document.js';
import { buildOwnCall, SPECIAL_OPERATIONS } from '../support/own-calls.js';
import { OwnObjects } from '../support/own-objects.js';
import type { Conversation, ItemResponse } from '../support/wire.js';

const document = await getApiDocument();
const operations = listOperations(document);
const named = (list: Operation[]) =>
  list.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

/** Operations on one conversation or on what belongs to one. */
const OF_CONVERSATION =
  /^\/v1\/(conversations|messages|conversation-notes|conversation-metadata|scheduled-messages)\/\{(id|conversation_id)\}/;
const onConversation = operations.filter(({ id, path }) => OF_CONVERSATION.test(path) && !SPECIAL_OPERATIONS.has(id));

const UNLISTED = new Set([
  'events.stream',
  'health.prometheus',
  'oidcSignIn.start',
  'oidcSignIn.callback',
  'contactExports.download',
  'contactImports.errors',
  'contactAvatars.getAvatar',
  'customerProfiles.getAvatar',
  'files.content',
]);
const reading = operations.filter(
  ({ id, method, path }) =>
    !UNLISTED.has(id) && !OF_CONVERSATION.test(path) && (method === 'GET' || path === '/v1/conversations/filter'),
);

let workspace: Workspace;
let inboxId: string;
let outsider: Member;
let member: Member;

async function limit(): Promise<void> {
  const path = `/v1/team-inboxes/${inboxId}`;
  expect((await workspace.client.patch(path, { access: 'members' })).status).toBe(200);
}

/** Moves all conversations of the workspace into the limited inbox. */
async function moveAll(): Promise<void> {
  await runSql('update messaging.conversations set inbox_id = $2 where workspace_id = $1', [workspace.id, inboxId]);
  await runSql('update teams.notifications set inbox_id = $2 where workspace_id = $1', [workspace.id, inboxId]);
}

beforeAll(async () => {
  workspace = await registerWorkspace();
  inboxId = (await createInbox(workspace.client)).id;
  outsider = await createMember(workspace);
  member = await createMember(workspace);
  await workspace.client.post(`/v1/team-inboxes/${inboxId}/members`, { user_id: member.userId });
  await limit();
});

describe('operations on conversations of a limited inbox', () => {
  it.each(named(onConversation))('should answer 404 to %s of a user without access', async (_name, operation) => {
    const { method, path, options } = await buildOwnCall(document, operation, workspace);
    await moveAll();
    const refused = await outsider.client.send<{ error: { code: string } }>(method, path, options);
    expect([refused.status, refused.body.error.code]).toEqual([404, 'NOT_FOUND']);
    const allowed = await member.client.send(method, path, options);
    expect(allowed.status).not.toBe(404);
  });
});

describe('operations that return conversations of a limited inbox', () => {
  const marker = `m${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  let conversation: Conversation;
  let own: OwnObjects;
  let secrets: string[];

  beforeAll(async () => {
    const { client } = workspace;
    const file = await createFile(client);
    conversation = await createConversation(client, { subject: `Subject ${marker}`, tags: ['vip'] });
    const contactMessage = await createMessage(client, conversation.id, { type: 'comment', body: `Hello ${marker}` });
    await createMessage(client, conversation.id, { body: `Reply ${marker}`, attachment_ids: [file.id] });
    const note = await createNote(client, conversation.id, {
      body: `Note ${marker} @[Ben](${outsider.userId})`,
    });
    const scheduled = await createScheduledMessage(client, conversation.id);
    await client.post(`/v1/conversations/${conversation.id}/participants`, { user_id: member.userId });
    secrets = [marker, conversation.id, contactMessage.id, note.id, scheduled.id, file.id];
    own = new OwnObjects(document, workspace);
    await moveAll();
  });

  const read = async (client: Workspace['client'], operation: Operation, query: object = {}): Promise<string> => {
    const ids = await own.pathIds(operation);
    if ('contact_id' in ids || /^\/v1\/(contacts|customer-profiles)\/\{id\}/.test(operation.path)) {
      for (const name of Object.keys(ids)) if (name === 'id') ids[name] = conversation.contact.id;
    }
    const filter = { field: 'tags', operator: 'contains', value: 'vip' };
    const response = await client.send(operation.method, buildPath(operation, ids), {
      query: { ...exampleQuery(operation), ...query },
      ...(operation.method === 'POST' && { body: { filter } }),
    });
    return JSON.stringify(response.body);
  };

  it.each(named(reading))('should not return them to %s of a user without access', async (_name, operation) => {
    const names = operation.parameters.filter(({ in: where }) => where === 'query').map(({ name }) => name);
    const texts = [await read(outsider.client, operation)];
    if (names.includes('q')) texts.push(await read(outsider.client, operation, { q: marker }));
    if (names.includes('order_dir')) texts.push(await read(outsider.client, operation, { order_dir: 'desc' }));
    for (const text of texts) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it.each([
    'conversations.list',
    'conversationBulk.filter',
    'search.find',
    'messages.list',
    'scheduledMessages.list',
    'files.list',
    'events.list',
  ])('should return them to %s of a member', async (id) => {
    const operation = operations.find((candidate) => candidate.id === id);
    expect(operation).toBeDefined();
    const queries: Record<string, object> = {
      'search.find': { q: marker },
      'events.list': { subject_id: conversation.id },
    };
    const query = queries[id] ?? { order_dir: 'desc' };
    const text = await read(member.client, operation!, operation!.method === 'POST' ? {} : query);
    expect(secrets.some((secret) => text.includes(secret))).toBe(true);
    const full = getData(await member.client.get<ItemResponse<Conversation>>(`/v1/conversations/${conversation.id}`));
    expect(full.id).toBe(conversation.id);
  });
});
