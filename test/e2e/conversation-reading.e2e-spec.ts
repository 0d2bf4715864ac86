import { createConversation, createMessage } from '../factories/conversation.js';
import { createMember } from '../factories/member.js';
import { createNote } from '../factories/note.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ListResponse, Message, ItemResponse } from '../support/wire.js';

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
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function markAs(
  action: 'read' | 'unread',
  id: string,
  body: object = {},
  client: Client = workspace.client,
): Promise<Reading> {
  return getData(await client.post<ItemResponse<Reading>>(`/v1/conversations/${id}/${action}`, body));
}

async function listReadEvents(id: string): Promise<unknown[]> {
  return (await listEvents(workspace.client))
    .filter(({ type, subject_id }) => subject_id === id && /read$/.test(type))
    .map(({ type, data }) => [type, data.reader]);
}

async function listMessagesOf(client: Client, id: string): Promise<readonly Message[]> {
  return (await client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`)).body.data;
}

function listMessages(id: string): Promise<readonly Message[]> {
  return listMessagesOf(workspace.client, id);
}

describe('unread_count of a conversation', () => {
  async function getUnreadCount(id: string): Promise<number> {
    const { unread_count: count } = getData(
      await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`),
    );
    const { body } = await workspace.client.get<ListResponse<Conversation>>('/v1/conversations', {
      unread: true,
      limit: 100,
    });
    expect(body.data.some((item) => item.id === id)).toBe(count > 0);
    return count;
  }

  it('should count the customer messages after the latest read position of any user', async () => {
    const { client } = await createMember(workspace);
    const { id } = await createConversation(workspace.client);
    const second = await createMessage(workspace.client, id, { type: 'comment' });
    await createMessage(workspace.client, id, { type: 'comment' });
    expect(await getUnreadCount(id)).toBe(3);
    await markAs('read', id, { message_id: second.id });
    expect(await getUnreadCount(id)).toBe(1);
    await markAs('read', id, {}, client);
    expect(await getUnreadCount(id)).toBe(0);
    const [first] = await listMessages(id);
    await markAs('read', id, { message_id: first!.id });
    expect(await getUnreadCount(id)).toBe(0);
    await createMessage(workspace.client, id, { type: 'comment' });
    expect(await getUnreadCount(id)).toBe(1);
  });

  it('should count messages again, including answered ones, when a user marks them as unread', async () => {
    const { id } = await createConversation(workspace.client);
    const [first] = await listMessages(id);
    await createMessage(workspace.client, id, { type: 'comment' });
    await createMessage(workspace.client, id, { type: 'reply' });
    await markAs('read', id);
    expect(await getUnreadCount(id)).toBe(0);
    await markAs('unread', id, { message_id: first!.id });
    expect(await getUnreadCount(id)).toBe(2);
  });

  it('should not change when the contact reads', async () => {
    const { id } = await createConversation(workspace.client);
    await markAs('read', id, { as: 'contact' });
    expect(await getUnreadCount(id)).toBe(1);
  });

  it('should count for each conversation separately when a conversation is split', async () => {
    const { id } = await createConversation(workspace.client);
    const second = await createMessage(workspace.client, id, { type: 'comment' });
    await markAs('read', id);
    await createMessage(workspace.client, id, { type: 'comment' });
    const created = getData(
      await workspace.client.post<ItemResponse<Conversation>>(`/v1/conversations/${id}/split`, {
        message_id: second.id,
      }),
    );
    expect(created.unread_count).toBe(1);
    expect(await getUnreadCount(id)).toBe(0);
  });
});

describe('a reply of a user', () => {
  async function getCounts({ client }: Workspace): Promise<Counts> {
    return getData(await client.get<ItemResponse<Counts>>('/v1/conversations/unread-count'));
  }

  it('should read the conversation for its author only', async () => {
    const own = await registerWorkspace();
    const ben = await createMember(own);
    const { id } = await createConversation(own.client, { assignee_id: own.userId });
    await createNote(ben.client, id, { mention_ids: [own.userId] });
    expect(await getCounts(own)).toEqual({ assigned: 1, unassigned: 0, mentions: 1 });
    await createMessage(ben.client, id);
    expect(await getCounts(own)).toEqual({ assigned: 1, unassigned: 0, mentions: 1 });
    const { created_at: repliedAt } = (await createMessage(own.client, id)) as Message & { created_at: string };
    expect(await getCounts(own)).toEqual({ assigned: 0, unassigned: 0, mentions: 0 });
    expect(
      await markAs('read', id, { message_id: (await listMessagesOf(own.client, id))[0]!.id }, own.client),
    ).toMatchObject({ read_at: repliedAt, unread_count: 0 });
    await createMessage(own.client, id, { type: 'comment' });
    expect(await getCounts(own)).toEqual({ assigned: 1, unassigned: 0, mentions: 0 });
  });

  it('should not read the conversation when it is a note', async () => {
    const own = await registerWorkspace();
    const { id } = await createConversation(own.client, { assignee_id: own.userId });
    await createNote(own.client, id);
    expect(await getCounts(own)).toEqual({ assigned: 1, unassigned: 0, mentions: 0 });
  });
});

describe('counters of a conversation', () => {
  async function getConversation(id: string): Promise<Conversation & { last_customer_message_at: string | null }> {
    return getData(
      await workspace.client.get<ItemResponse<Conversation & { last_customer_message_at: string | null }>>(
        `/v1/conversations/${id}`,
      ),
    );
  }

  async function deleteMessage(id: string): Promise<void> {
    expect((await workspace.client.delete(`/v1/messages/${id}`)).status).toBe(204);
  }

  it('should be cleared when the only unread message is deleted', async () => {
    const own = await registerWorkspace();
    const { id } = await createConversation(own.client, { assignee_id: own.userId });
    const [comment] = await listMessagesOf(own.client, id);
    await own.client.delete(`/v1/messages/${comment!.id}`);
    expect(getData(await own.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`))).toMatchObject({
      unread_count: 0,
      waiting_since: null,
    });
    expect(getData(await own.client.get<ItemResponse<Counts>>('/v1/conversations/unread-count')).assigned).toBe(0);
  });

  it('should follow the remaining comments when an unread message is deleted', async () => {
    const { id } = await createConversation(workspace.client);
    const second = await createMessage(workspace.client, id, { type: 'comment' });
    const third = await createMessage(workspace.client, id, { type: 'comment' });
    const before = await getConversation(id);
    await deleteMessage(second.id);
    expect(await getConversation(id)).toMatchObject({ unread_count: 2, waiting_since: before.waiting_since });
    const [first] = await listMessages(id);
    await deleteMessage(first!.id);
    expect(await getConversation(id)).toMatchObject({
      unread_count: 1,
      waiting_since: (third as Message & { created_at: string }).created_at,
    });
    await deleteMessage(third.id);
    expect(await getConversation(id)).toMatchObject({ unread_count: 0, waiting_since: null });
  });

  it('should stay the same when a read message, a reply or a note is deleted', async () => {
    const { id } = await createConversation(workspace.client);
    await markAs('read', id);
    await createMessage(workspace.client, id, { type: 'comment' });
    const reply = await createMessage((await createApiKey(workspace)).client, id);
    const note = await createNote(workspace.client, id);
    const before = await getConversation(id);
    expect(before).toMatchObject({ unread_count: 1, waiting_since: expect.any(String) });
    await deleteMessage(reply.id);
    await deleteMessage(note.id);
    expect(await getConversation(id)).toMatchObject({ unread_count: 1, waiting_since: before.waiting_since });
    const [read] = await listMessages(id);
    await deleteMessage(read!.id);
    expect(await getConversation(id)).toMatchObject({ unread_count: 1, waiting_since: expect.any(String) });
  });

  it.each(['resolve', 'close'])('should count unanswered comments again when reopened after %s', async (action) => {
    const { id } = await createConversation(workspace.client);
    await createMessage(workspace.client, id);
    const comment = (await createMessage(workspace.client, id, { type: 'comment' })) as Message & {
      created_at: string;
    };
    await workspace.client.post(`/v1/conversations/${id}/${action}`);
    expect(await getConversation(id)).toMatchObject({ unread_count: 0, waiting_since: null });
    await workspace.client.post(`/v1/conversations/${id}/reopen`);
    expect(await getConversation(id)).toMatchObject({
      status: 'open',
      unread_count: 1,
      waiting_since: comment.created_at,
    });
  });

  it('should not count deleted, read or answered comments when reopened', async () => {
    const { id } = await createConversation(workspace.client);
    const [deleted] = await listMessages(id);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    await deleteMessage(deleted!.id);
    await workspace.client.patch(`/v1/conversations/${id}`, { status: 'open' });
    expect(await getConversation(id)).toMatchObject({ unread_count: 0, waiting_since: null });
    const comment = (await createMessage(workspace.client, id, { type: 'comment' })) as Message & {
      created_at: string;
    };
    await markAs('read', id);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    await workspace.client.patch(`/v1/conversations/${id}`, { status: 'open' });
    expect(await getConversation(id)).toMatchObject({ unread_count: 0, waiting_since: comment.created_at });
    await createMessage(workspace.client, id);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    await workspace.client.patch(`/v1/conversations/${id}`, { status: 'open' });
    expect(await getConversation(id)).toMatchObject({ unread_count: 0, waiting_since: null });
  });
});

describe('read state of a user', () => {
  it('should move only forward and emit an event when a user reads new messages', async () => {
    const { id } = await createConversation(workspace.client);
    expect(await markAs('read', id)).toMatchObject({
      conversation_id: id,
      reader: 'user',
      reader_id: workspace.userId,
      read_at: expect.any(String),
      unread_count: 0,
    });
    await markAs('read', id);
    await createMessage(workspace.client, id, { type: 'comment' });
    await createMessage((await createApiKey(workspace)).client, id);
    const [first, second] = await listMessages(id);
    expect(await markAs('read', id, { message_id: second!.id })).toMatchObject({
      read_at: (second as unknown as { created_at: string }).created_at,
      unread_count: 1,
    });
    expect(await markAs('read', id, { message_id: first!.id })).toMatchObject({
      read_at: (second as unknown as { created_at: string }).created_at,
    });
    expect(await listReadEvents(id)).toEqual([
      ['conversation.read', 'user'],
      ['conversation.read', 'user'],
    ]);
  });

  it('should move back to the given message, or to the newest message of others, when marked as unread', async () => {
    const { id } = await createConversation(workspace.client);
    await createMessage(workspace.client, id, { type: 'comment' });
    await createMessage((await createApiKey(workspace)).client, id);
    await markAs('read', id);
    expect((await markAs('unread', id)).unread_count).toBe(1);
    const [first] = await listMessages(id);
    await markAs('read', id);
    expect((await markAs('unread', id, { message_id: first!.id })).unread_count).toBe(3);
    expect(await listReadEvents(id)).toEqual([
      ['conversation.read', 'user'],
      ['conversation.unread', 'user'],
      ['conversation.read', 'user'],
      ['conversation.unread', 'user'],
    ]);
  });

  it('should return the unread counts of the calling user', async () => {
    const { client, userId } = await registerWorkspace();
    const counts = async (): Promise<Counts> =>
      getData(await client.get<ItemResponse<Counts>>('/v1/conversations/unread-count'));
    expect(await counts()).toEqual({ assigned: 0, unassigned: 0, mentions: 0 });
    const [own, unassigned, resolved] = [
      await createConversation(client, { assignee_id: userId }),
      await createConversation(client),
      await createConversation(client),
    ];
    await client.post(`/v1/conversations/${resolved.id}/resolve`);
    const bot = (await createApiKey({ client, userId } as Workspace)).client;
    await createNote(bot, unassigned.id, { mention_ids: [userId] });
    await createNote(client, own.id, { mention_ids: [userId] });
    expect(await counts()).toEqual({ assigned: 1, unassigned: 1, mentions: 1 });
    await markAs('read', own.id, {}, client);
    await markAs('read', unassigned.id, {}, client);
    expect(await counts()).toEqual({ assigned: 0, unassigned: 0, mentions: 0 });
    await createMessage(client, own.id, { type: 'comment' });
    expect(await counts()).toEqual({ assigned: 1, unassigned: 0, mentions: 0 });
  });

  it('should return 400 when the caller is a service key', async () => {
    const { id } = await createConversation(workspace.client);
    const { client } = await createApiKey(workspace);
    expect(getError(await client.get('/v1/conversations/unread-count')).status).toBe(400);
    for (const action of ['read', 'unread'])
      expect(getError(await client.post(`/v1/conversations/${id}/${action}`, {}))).toMatchObject({
        status: 400,
        details: { as: [expect.any(String)] },
      });
  });
});

describe('read state of a contact', () => {
  it('should set only delivered replies up to the read position to read', async () => {
    const { id, contact } = await createConversation(workspace.client);
    const reply = await createMessage(workspace.client, id);
    const failed = await createMessage(workspace.client, id);
    await workspace.client.post(`/v1/messages/${failed.id}/status`, { status: 'failed' });
    const { client } = await createApiKey(workspace);
    expect(await markAs('read', id, { as: 'contact' }, client)).toMatchObject({
      reader: 'contact',
      reader_id: contact.id,
      unread_count: 0,
    });
    await createNote(workspace.client, id);
    const later = await createMessage(workspace.client, id);
    expect((await listMessages(id)).map(({ status }) => status)).toEqual(['sent', 'read', 'failed', 'sent', 'sent']);
    expect((await markAs('unread', id, { as: 'contact', message_id: reply.id }, client)).unread_count).toBe(3);
    expect(await markAs('read', id, { as: 'contact', message_id: later.id }, client)).toMatchObject({
      unread_count: 0,
    });
    expect((await listMessages(id)).at(-1)!.status).toBe('read');
  });
});

it('should return 422 when the message belongs to another conversation', async () => {
  const [item, secondItem] = [await createConversation(workspace.client), await createConversation(workspace.client)];
  const { id } = await createMessage(workspace.client, secondItem.id);
  for (const action of ['read', 'unread'])
    expect(
      getError(await workspace.client.post(`/v1/conversations/${item.id}/${action}`, { message_id: id })).status,
    ).toBe(422);
});

it('should return 404 when the conversation belongs to another workspace', async () => {
  const { id } = await createConversation(other.client);
  for (const action of ['read', 'unread'])
    expect(getError(await workspace.client.post(`/v1/conversations/${id}/${action}`, {})).status).toBe(404);
});
