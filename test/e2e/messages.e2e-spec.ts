import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { createMember } from '../factories/member.js';
import { createApiKey, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ListResponse, Message, Notification, ItemResponse } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function conversation(id: string): Promise<Conversation> {
  return getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`));
}

async function post(id: string, body: unknown): ReturnType<Workspace['client']['post']> {
  return workspace.client.post(`/v1/conversations/${id}/messages`, body);
}

describe('saying something', () => {
  it('should answer the customer: who replies counts, notes and machines do not', async () => {
    const { id } = await createConversation(workspace.client);
    await createMessage(workspace.client, id, { type: 'note', body: 'Who knows this?' });
    const key = await createApiKey(workspace);
    const automatic = await createMessage(key.client, id, { type: 'reply', body: 'We have got your message.' });
    expect(automatic.author).toEqual({ type: 'bot', id: key.id, name: 'Test' });
    expect(await conversation(id)).toMatchObject({ unread_count: 1, first_replied_at: null, message_count: 3 });
    const reply = await createMessage(workspace.client, id, { body: 'Here it is.' });
    expect(reply.author).toEqual({ type: 'user', id: workspace.userId, name: 'Sarah Chen' });
    expect(await conversation(id)).toMatchObject({
      unread_count: 0,
      waiting_since: null,
      first_replied_at: expect.any(String),
      message_count: 4,
      last_message: { id: reply.id, body: 'Here it is.' },
    });
  });

  it('should be a reply unless told otherwise, whoever calls and by either path', async () => {
    const { id, contact } = await createConversation(workspace.client);
    const sent = getData(
      await workspace.client.post<ItemResponse<Message>>('/v1/messages', { conversation_id: id, body: 'Here it is.' }),
    );
    expect(sent).toMatchObject({ type: 'reply', conversation_id: id, author: { type: 'user', id: workspace.userId } });
    expect(getData(await workspace.client.get<ItemResponse<Message>>(`/v1/messages/${sent.id}`))).toEqual(sent);
    const { client } = await createApiKey(workspace);
    expect(
      getData(await client.post<ItemResponse<Message>>(`/v1/conversations/${id}/messages`, { body: 'Anything else?' })),
    ).toMatchObject({ type: 'reply', author: { type: 'bot' } });
    const foreign = { type: 'comment', author: { type: 'contact', id: contact.id } };
    expect(
      getData(
        await workspace.client.post<ItemResponse<Message>>('/v1/messages', {
          conversation_id: id,
          body: 'No, thanks',
          type: 'comment',
        }),
      ),
    ).toMatchObject(foreign);
  });

  it('should take files with it, all or none', async () => {
    const { id } = await createConversation(workspace.client);
    const form = new FormData();
    form.set('body', 'See both');
    form.set('type', 'reply');
    form.append('attachments[]', new Blob(['one'], { type: 'text/plain' }), 'one.txt');
    form.append('attachments[]', new Blob(['two!'], { type: 'text/plain' }), 'two.txt');
    const sent = getData((await post(id, form)) as { status: number; headers: Headers; body: ItemResponse<Message> });
    expect(sent).toMatchObject({
      body: 'See both',
      type: 'reply',
      attachments: [
        { name: 'one.txt', size: 3 },
        { name: 'two.txt', size: 4 },
      ],
    });
    expect(await (await fetch(new URL(sent.attachments[1]!.url, serverUrl()))).text()).toBe('two!');
    const wrong = new FormData();
    wrong.append('elsewhere', new Blob(['x']), 'x.txt');
    expect(getError(await post(id, wrong))).toMatchObject({
      status: 400,
      details: { elsewhere: [expect.any(String)] },
    });
    expect((await conversation(id)).message_count).toBe(2);
  });

  it('should take files that were uploaded before, and need no words then', async () => {
    const { id } = await createConversation(workspace.client);
    const file = await createFile(workspace.client);
    const sent = await createMessage(workspace.client, id, { body: '', attachment_ids: [file.id] });
    expect(sent.attachments).toMatchObject([{ id: file.id, name: file.name }]);
    expect(getError(await post(id, { body: '' }))).toMatchObject({
      status: 400,
      details: { body: [expect.any(String)] },
    });
  });

  it('should take an external id once, and answer only a message of the same conversation', async () => {
    const [item, secondItem] = [await createConversation(workspace.client), await createConversation(workspace.client)];
    const external_id = randomUUID();
    const first = await createMessage(workspace.client, item.id, { external_id });
    expect(getError(await post(secondItem.id, { body: 'Again', external_id }))).toMatchObject({
      status: 409,
      details: { field: 'external_id', external_id, id: first.id },
    });
    expect((await post(item.id, { body: 'Thanks', in_reply_to: first.id })).status).toBe(201);
    expect(getError(await post(secondItem.id, { body: 'Thanks', in_reply_to: first.id })).status).toBe(422);
  });

  it('should not be possible in a conversation of another workspace, nor with its files', async () => {
    const foreign = await createConversation(other.client);
    const own = await createConversation(workspace.client);
    const file = await createFile(other.client);
    expect(getError(await post(foreign.id, { body: 'Hello' })).status).toBe(404);
    expect(
      getError(await workspace.client.post('/v1/messages', { conversation_id: foreign.id, body: 'Hello' })).status,
    ).toBe(404);
    expect(getError(await post(own.id, { body: 'Hello', attachment_ids: [file.id] })).status).toBe(422);
    expect((await conversation(own.id)).message_count).toBe(1);
  });
});

describe('speaking for somebody', () => {
  it('should count as the answer of the user whom a service speaks for', async () => {
    const { id } = await createConversation(workspace.client);
    const { client } = await createApiKey(workspace);
    const sent = await createMessage(client, id, { author: { type: 'user', id: workspace.userId } });
    expect(sent.author).toEqual({ type: 'user', id: workspace.userId, name: 'Sarah Chen' });
    expect(await conversation(id)).toMatchObject({
      unread_count: 0,
      waiting_since: null,
      first_replied_at: expect.any(String),
    });
    const { body } = await client.get<ListResponse<{ id: string }>>(`/v1/conversations/${id}/participants`);
    expect(body.data.map((participant) => participant.id)).toEqual([workspace.userId]);
  });

  it('should name AI agents and bots, who leave the customer waiting, in notes as well', async () => {
    const { id } = await createConversation(workspace.client);
    const key = await createApiKey(workspace);
    expect((await createMessage(key.client, id, { author: { type: 'ai_agent', name: 'Fin' } })).author).toEqual({
      type: 'ai_agent',
      id: null,
      name: 'Fin',
    });
    expect((await createMessage(key.client, id, { author: { type: 'bot', name: 'Order bot' } })).author).toEqual({
      type: 'bot',
      id: key.id,
      name: 'Order bot',
    });
    expect(await conversation(id)).toMatchObject({ unread_count: 1, first_replied_at: null });
    const note = getData(
      await key.client.post<ItemResponse<Message>>('/v1/conversation-notes', {
        conversation_id: id,
        body: 'Seen',
        author: { type: 'user', id: workspace.userId },
      }),
    );
    expect(note.author).toMatchObject({ type: 'user', name: 'Sarah Chen' });
  });

  it('should tell whom a note mentions that its author wrote it', async () => {
    const { id } = await createConversation(workspace.client);
    const member = await createMember(workspace);
    await (
      await createApiKey(workspace)
    ).client.post('/v1/conversation-notes', {
      conversation_id: id,
      body: 'Look',
      mention_ids: [member.userId],
      author: { type: 'user', id: workspace.userId },
    });
    const emitted = await eventually(
      async () => (await member.client.get<ListResponse<Notification>>('/v1/notifications')).body.data[0] ?? null,
    );
    expect(emitted.actor).toMatchObject({ kind: 'user', id: workspace.userId });
  });

  it.each([
    ['a user without an id', { type: 'user' }, 400, 'author.id'],
    ['a bot without a name', { type: 'bot' }, 400, 'author.name'],
    ['a user who is not there', { type: 'user', id: randomUUID() }, 422, 'author.id'],
  ] as const)('should be refused for %s', async (_title, author, status, field) => {
    const { id } = await createConversation(workspace.client);
    const rejection = getError(
      await (await createApiKey(workspace)).client.post(`/v1/conversations/${id}/messages`, { body: 'Hello', author }),
    );
    expect(rejection).toMatchObject({ status, details: { [field]: expect.anything() } });
  });

  it("should be a service's right alone, and not go with the customer's words", async () => {
    const { id } = await createConversation(workspace.client);
    const member = await createMember(workspace);
    const createReply = (author: object, type = 'reply') => post(id, { body: 'Hello', type, author });
    for (const author of [
      { type: 'user', id: member.userId },
      { type: 'bot', name: 'Fin' },
      { type: 'ai_agent', name: 'Fin' },
    ])
      expect(getError(await createReply(author)).status).toBe(403);
    expect((await createReply({ type: 'user', id: workspace.userId })).status).toBe(201);
    expect(getError(await createReply({ type: 'user', id: workspace.userId }, 'comment'))).toMatchObject({
      status: 400,
      details: { author: [expect.any(String)] },
    });
    expect(
      getError(
        await (
          await createApiKey(workspace)
        ).client.post(`/v1/conversations/${id}/messages`, { body: 'x', author: { type: 'user', id: other.userId } }),
      ).status,
    ).toBe(422);
  });
});

describe('what the status makes of it', () => {
  it("should reopen a resolved conversation by the customer's word, not by a reply", async () => {
    const { id } = await createConversation(workspace.client);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    await createMessage(workspace.client, id, { type: 'reply' });
    expect((await conversation(id)).status).toBe('resolved');
    await createMessage(workspace.client, id, { type: 'comment', body: 'It is back' });
    expect(await conversation(id)).toMatchObject({ status: 'open', reopen_count: 1, resolved_at: null });
    const types = (await listEvents(workspace.client))
      .filter(({ subject_id, data }) => subject_id === id || data.conversation_id === id)
      .map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['message.created', 'conversation.reopened']);
  });

  it('should let only the team write in a closed one, for itself', async () => {
    const { id } = await createConversation(workspace.client);
    await workspace.client.post(`/v1/conversations/${id}/close`);
    for (const type of ['comment', 'reply'])
      expect(getError(await post(id, { body: 'Hello', type }))).toMatchObject({
        status: 422,
        details: { status: 'closed' },
      });
    expect((await post(id, { body: 'For the record', type: 'note' })).status).toBe(201);
    expect((await conversation(id)).status).toBe('closed');
  });
});

describe('correcting and taking back', () => {
  it('should correct replies and notes, and remember what they said', async () => {
    const { id } = await createConversation(workspace.client);
    const sent = await createMessage(workspace.client, id, { body: 'Befor' });
    const corrected = getData(
      await workspace.client.patch<ItemResponse<Message>>(`/v1/messages/${sent.id}`, { body: 'Before' }),
    );
    expect(corrected).toMatchObject({ body: 'Before', edited_at: expect.any(String), version: 2 });
    expect((await conversation(id)).last_message!.body).toBe('Before');
    const emitted = (await listEvents(workspace.client)).find(
      ({ type, subject_id }) => type === 'message.updated' && subject_id === sent.id,
    );
    expect(emitted!.data).toMatchObject({ changed: { body: ['Befor', 'Before'] } });
  });

  it("should leave the customer's words alone", async () => {
    const { id } = await createConversation(workspace.client);
    const [comment] = (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`)).body.data;
    expect(getError(await workspace.client.patch(`/v1/messages/${comment!.id}`, { body: 'I am happy' })).status).toBe(
      422,
    );
  });

  it('should take the words out and leave the place', async () => {
    const { id } = await createConversation(workspace.client);
    const file = await createFile(workspace.client);
    const sent = await createMessage(workspace.client, id, { body: 'A secret', attachment_ids: [file.id] });
    expect((await workspace.client.delete(`/v1/messages/${sent.id}`)).status).toBe(204);
    expect(getError(await workspace.client.delete(`/v1/messages/${sent.id}`)).status).toBe(404);
    const { body } = await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`);
    expect(body.data[1]).toMatchObject({ id: sent.id, body: '', attachments: [], deleted_at: expect.any(String) });
    expect((await conversation(id)).last_message!.body).toBe('');
  });

  it('should not reach a message of another workspace', async () => {
    const foreign = await createMessage(other.client, (await createConversation(other.client)).id);
    expect(getError(await workspace.client.get(`/v1/messages/${foreign.id}`)).status).toBe(404);
    expect(getError(await workspace.client.patch(`/v1/messages/${foreign.id}`, { body: 'Ours' })).status).toBe(404);
    expect(getError(await workspace.client.delete(`/v1/messages/${foreign.id}`)).status).toBe(404);
  });
});

describe('lists of messages', () => {
  it('should be in the order of the thread, by type and by sender', async () => {
    const { id } = await createConversation(workspace.client);
    for (const [type, body] of [
      ['reply', 'One'],
      ['note', 'Two'],
      ['comment', 'Three'],
    ] as const)
      await createMessage(workspace.client, id, { type, body });
    const bodies = async (query: Record<string, string>) =>
      (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`, query)).body.data.map(
        ({ body }) => body,
      );
    expect(await bodies({})).toEqual(['Where is my invoice?', 'One', 'Two', 'Three']);
    expect(await bodies({ order_dir: 'desc', limit: '1' })).toEqual(['Three']);
    expect(await bodies({ type: 'reply,note' })).toEqual(['One', 'Two']);
    expect(await bodies({ sender_type: 'visitor' })).toEqual(['Where is my invoice?', 'Three']);
    expect(await bodies({ sender_type: 'agent', type: 'reply' })).toEqual(['One']);
    expect(
      (await workspace.client.get<ListResponse<Message>>('/v1/messages', { conversation_id: id })).body.data.map(
        ({ body }) => body,
      ),
    ).toEqual(['Three', 'Two', 'One', 'Where is my invoice?']);
  });

  it('should tell an empty thread from none', async () => {
    const { id } = getData(
      await workspace.client.post<ItemResponse<Conversation>>('/v1/conversations', { contact: { name: 'Ada' } }),
    );
    expect((await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`)).body.data).toEqual(
      [],
    );
    expect(getError(await workspace.client.get(`/v1/conversations/${randomUUID()}/messages`)).status).toBe(404);
  });
});
