import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeMember } from '../factories/member.js';
import { makeNote } from '../factories/note.js';
import { apiKey, dataOf, refusalOf, register, type Client, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Conversation, Many, Message, One } from '../support/wire.js';

interface Reading {
  readonly conversation_id: string;
  readonly reader: string;
  readonly reader_id: string;
  readonly read_at: string | null;
  readonly unread_count: number;
}

interface Counts {
  readonly assigned: number;
  readonly unassigned: number;
  readonly mentions: number;
}

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function mark(
  way: 'read' | 'unread',
  id: string,
  body: object = {},
  client: Client = workspace.client,
): Promise<Reading> {
  return dataOf(await client.post<One<Reading>>(`/v1/conversations/${id}/${way}`, body));
}

async function told(id: string): Promise<unknown[]> {
  return (await eventsOf(workspace.client))
    .filter(({ type, subject_id }) => subject_id === id && /read$/.test(type))
    .map(({ type, data }) => [type, data.reader]);
}

async function thread(id: string): Promise<readonly Message[]> {
  return (await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`)).body.data;
}

describe('what the team has not read', () => {
  async function left(id: string): Promise<number> {
    const { unread_count: count } = dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`));
    const { body } = await workspace.client.get<Many<Conversation>>('/v1/conversations', { unread: true, limit: 100 });
    expect(body.data.some((one) => one.id === id)).toBe(count > 0);
    return count;
  }

  it('should be what the customer said after what any user has read', async () => {
    const { client } = await makeMember(workspace);
    const { id } = await makeConversation(workspace.client);
    const second = await makeMessage(workspace.client, id, { type: 'comment' });
    await makeMessage(workspace.client, id, { type: 'comment' });
    expect(await left(id)).toBe(3);
    await mark('read', id, { message_id: second.id });
    expect(await left(id)).toBe(1);
    await mark('read', id, {}, client);
    expect(await left(id)).toBe(0);
    const [first] = await thread(id);
    await mark('read', id, { message_id: first!.id });
    expect(await left(id)).toBe(0);
    await makeMessage(workspace.client, id, { type: 'comment' });
    expect(await left(id)).toBe(1);
  });

  it('should count again from where somebody is to read again, answered or not', async () => {
    const { id } = await makeConversation(workspace.client);
    const [first] = await thread(id);
    await makeMessage(workspace.client, id, { type: 'comment' });
    await makeMessage(workspace.client, id, { type: 'reply' });
    await mark('read', id);
    expect(await left(id)).toBe(0);
    await mark('unread', id, { message_id: first!.id });
    expect(await left(id)).toBe(2);
  });

  it('should not depend on what the customer reads', async () => {
    const { id } = await makeConversation(workspace.client);
    await mark('read', id, { as: 'contact' });
    expect(await left(id)).toBe(1);
  });

  it('should go with what was said into a conversation that is split off', async () => {
    const { id } = await makeConversation(workspace.client);
    const second = await makeMessage(workspace.client, id, { type: 'comment' });
    await mark('read', id);
    await makeMessage(workspace.client, id, { type: 'comment' });
    const made = dataOf(
      await workspace.client.post<One<Conversation>>(`/v1/conversations/${id}/split`, { message_id: second.id }),
    );
    expect(made.unread_count).toBe(1);
    expect(await left(id)).toBe(0);
  });
});

describe('a user', () => {
  it('should have read everything, and be told of once', async () => {
    const { id } = await makeConversation(workspace.client);
    expect(await mark('read', id)).toMatchObject({
      conversation_id: id,
      reader: 'user',
      reader_id: workspace.userId,
      read_at: expect.any(String),
      unread_count: 0,
    });
    await mark('read', id);
    await makeMessage(workspace.client, id, { type: 'comment' });
    await makeMessage(workspace.client, id, { type: 'reply' });
    const [first, second] = await thread(id);
    expect(await mark('read', id, { message_id: second!.id })).toMatchObject({
      read_at: (second as unknown as { created_at: string }).created_at,
      unread_count: 0,
    });
    expect(await mark('read', id, { message_id: first!.id })).toMatchObject({
      read_at: (second as unknown as { created_at: string }).created_at,
    });
    expect(await told(id)).toEqual([
      ['conversation.read', 'user'],
      ['conversation.read', 'user'],
    ]);
  });

  it('should have it to read again, from a message or from the newest of others on', async () => {
    const { id } = await makeConversation(workspace.client);
    await makeMessage(workspace.client, id, { type: 'comment' });
    await makeMessage(workspace.client, id, { type: 'reply' });
    await mark('read', id);
    expect((await mark('unread', id)).unread_count).toBe(1);
    const [first] = await thread(id);
    await mark('read', id);
    expect((await mark('unread', id, { message_id: first!.id })).unread_count).toBe(2);
    expect(await told(id)).toEqual([
      ['conversation.read', 'user'],
      ['conversation.unread', 'user'],
      ['conversation.read', 'user'],
      ['conversation.unread', 'user'],
    ]);
  });

  it('should count what waits for them', async () => {
    const { client, userId } = await register();
    const counts = async (): Promise<Counts> => dataOf(await client.get<One<Counts>>('/v1/conversations/unread-count'));
    expect(await counts()).toEqual({ assigned: 0, unassigned: 0, mentions: 0 });
    const [mine, nobodys, resolved] = [
      await makeConversation(client, { assignee_id: userId }),
      await makeConversation(client),
      await makeConversation(client),
    ];
    await client.post(`/v1/conversations/${resolved.id}/resolve`);
    const bot = (await apiKey({ client, userId } as Workspace)).client;
    await makeNote(bot, nobodys.id, { mention_ids: [userId] });
    await makeNote(client, mine.id, { mention_ids: [userId] });
    expect(await counts()).toEqual({ assigned: 1, unassigned: 1, mentions: 1 });
    await mark('read', mine.id, {}, client);
    await mark('read', nobodys.id, {}, client);
    expect(await counts()).toEqual({ assigned: 0, unassigned: 0, mentions: 0 });
    await makeMessage(client, mine.id, { type: 'comment' });
    expect(await counts()).toEqual({ assigned: 1, unassigned: 0, mentions: 0 });
  });

  it('should not be a service key, which is nobody', async () => {
    const { id } = await makeConversation(workspace.client);
    const { client } = await apiKey(workspace);
    expect(refusalOf(await client.get('/v1/conversations/unread-count')).status).toBe(400);
    for (const way of ['read', 'unread'])
      expect(refusalOf(await client.post(`/v1/conversations/${id}/${way}`, {}))).toMatchObject({
        status: 400,
        details: { as: [expect.any(String)] },
      });
  });
});

describe('the customer', () => {
  it('should have read the replies up to then, and nothing else', async () => {
    const { id, contact } = await makeConversation(workspace.client);
    const reply = await makeMessage(workspace.client, id);
    const failed = await makeMessage(workspace.client, id);
    await workspace.client.post(`/v1/messages/${failed.id}/status`, { status: 'failed' });
    const { client } = await apiKey(workspace);
    expect(await mark('read', id, { as: 'contact' }, client)).toMatchObject({
      reader: 'contact',
      reader_id: contact.id,
      unread_count: 0,
    });
    await makeNote(workspace.client, id);
    const later = await makeMessage(workspace.client, id);
    expect((await thread(id)).map(({ status }) => status)).toEqual(['sent', 'read', 'failed', 'sent', 'sent']);
    expect((await mark('unread', id, { as: 'contact', message_id: reply.id }, client)).unread_count).toBe(3);
    expect(await mark('read', id, { as: 'contact', message_id: later.id }, client)).toMatchObject({ unread_count: 0 });
    expect((await thread(id)).at(-1)!.status).toBe('read');
  });
});

it('should not be a message of another conversation', async () => {
  const [one, two] = [await makeConversation(workspace.client), await makeConversation(workspace.client)];
  const { id } = await makeMessage(workspace.client, two.id);
  for (const way of ['read', 'unread'])
    expect(
      refusalOf(await workspace.client.post(`/v1/conversations/${one.id}/${way}`, { message_id: id })).status,
    ).toBe(422);
});

it('should not be a conversation of another workspace', async () => {
  const { id } = await makeConversation(other.client);
  for (const way of ['read', 'unread'])
    expect(refusalOf(await workspace.client.post(`/v1/conversations/${id}/${way}`, {})).status).toBe(404);
});
