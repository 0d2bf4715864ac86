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

async function getConversation(id: string): Promise<Conversation> {
  return getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`));
}

async function post(id: string, body: unknown): ReturnType<Workspace['client']['post']> {
  return workspace.client.post(`/v1/conversations/${id}/messages`, body);
}

describe('POST /v1/conversations/{id}/messages', () => {
  it('should count replies of users as an answer, but not notes or replies of service keys', async () => {
    const { id } = await createConversation(workspace.client);
    await createMessage(workspace.client, id, { type: 'note', body: 'Who knows this?' });
    const key = await createApiKey(workspace);
    const automatic = await createMessage(key.client, id, { type: 'reply', body: 'We have got your message.' });
    expect(automatic.author).toEqual({ type: 'bot', id: key.id, name: 'Test' });
    expect(await getConversation(id)).toMatchObject({ unread_count: 1, first_replied_at: null, message_count: 3 });
    const reply = await createMessage(workspace.client, id, { body: 'Here it is.' });
    expect(reply.author).toEqual({ type: 'user', id: workspace.userId, name: 'Sarah Chen' });
    expect(await getConversation(id)).toMatchObject({
      unread_count: 0,
      waiting_since: null,
      first_replied_at: expect.any(String),
      message_count: 4,
      last_message: { id: reply.id, body: 'Here it is.' },
    });
  });

  it('should create a reply by default on both paths', async () => {
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

  it('should attach all uploaded files or none', async () => {
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
    expect((await getConversation(id)).message_count).toBe(2);
  });

  it('should attach uploaded files by id and not require a body with them', async () => {
    const { id } = await createConversation(workspace.client);
    const file = await createFile(workspace.client);
    const sent = await createMessage(workspace.client, id, { body: '', attachment_ids: [file.id] });
    expect(sent.attachments).toMatchObject([{ id: file.id, name: file.name }]);
    expect(getError(await post(id, { body: '' }))).toMatchObject({
      status: 400,
      details: { body: [expect.any(String)] },
    });
  });

  it('should return 409 for a used external_id and 422 when in_reply_to is in another conversation', async () => {
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

  it('should reject conversations and files of another workspace', async () => {
    const foreign = await createConversation(other.client);
    const own = await createConversation(workspace.client);
    const file = await createFile(other.client);
    expect(getError(await post(foreign.id, { body: 'Hello' })).status).toBe(404);
    expect(
      getError(await workspace.client.post('/v1/messages', { conversation_id: foreign.id, body: 'Hello' })).status,
    ).toBe(404);
    expect(getError(await post(own.id, { body: 'Hello', attachment_ids: [file.id] })).status).toBe(422);
    expect((await getConversation(own.id)).message_count).toBe(1);
  });
});

describe('author of a message', () => {
  it('should count as a reply of the user when a service key sets a user as the author', async () => {
    const { id } = await createConversation(workspace.client);
    const { client } = await createApiKey(workspace);
    const sent = await createMessage(client, id, { author: { type: 'user', id: workspace.userId } });
    expect(sent.author).toEqual({ type: 'user', id: workspace.userId, name: 'Sarah Chen' });
    expect(await getConversation(id)).toMatchObject({
      unread_count: 0,
      waiting_since: null,
      first_replied_at: expect.any(String),
    });
    const { body } = await client.get<ListResponse<{ id: string }>>(`/v1/conversations/${id}/participants`);
    expect(body.data.map((participant) => participant.id)).toEqual([workspace.userId]);
  });

  it('should accept AI agents and bots, whose replies do not count as an answer, and authors of notes', async () => {
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
    expect(await getConversation(id)).toMatchObject({ unread_count: 1, first_replied_at: null });
    const note = getData(
      await key.client.post<ItemResponse<Message>>('/v1/conversation-notes', {
        conversation_id: id,
        body: 'Seen',
        author: { type: 'user', id: workspace.userId },
      }),
    );
    expect(note.author).toMatchObject({ type: 'user', name: 'Sarah Chen' });
  });

  it('should be the actor of the notification when a note mentions a user', async () => {
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
    ['a user who does not exist', { type: 'user', id: randomUUID() }, 422, 'author.id'],
  ] as const)('should return an error with the path when the author is %s', async (_title, author, status, field) => {
    const { id } = await createConversation(workspace.client);
    const rejection = getError(
      await (await createApiKey(workspace)).client.post(`/v1/conversations/${id}/messages`, { body: 'Hello', author }),
    );
    expect(rejection).toMatchObject({ status, details: { [field]: expect.anything() } });
  });

  it('should return 403 when a user sets another author, and 400 when a comment has an author', async () => {
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

describe('messages and the status of the conversation', () => {
  it('should reopen a resolved conversation when the customer writes but not when a user replies', async () => {
    const { id } = await createConversation(workspace.client);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    await createMessage(workspace.client, id, { type: 'reply' });
    expect((await getConversation(id)).status).toBe('resolved');
    await createMessage(workspace.client, id, { type: 'comment', body: 'It is back' });
    expect(await getConversation(id)).toMatchObject({ status: 'open', reopen_count: 1, resolved_at: null });
    const types = (await listEvents(workspace.client))
      .filter(({ subject_id, data }) => subject_id === id || data.conversation_id === id)
      .map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['message.created', 'conversation.reopened']);
  });

  it('should accept only notes when the conversation is closed', async () => {
    const { id } = await createConversation(workspace.client);
    await workspace.client.post(`/v1/conversations/${id}/close`);
    for (const type of ['comment', 'reply'])
      expect(getError(await post(id, { body: 'Hello', type }))).toMatchObject({
        status: 422,
        details: { status: 'closed' },
      });
    expect((await post(id, { body: 'For the record', type: 'note' })).status).toBe(201);
    expect((await getConversation(id)).status).toBe('closed');
  });
});

describe('PATCH and DELETE /v1/messages/{id}', () => {
  it('should update replies and notes and emit the previous text', async () => {
    const { id } = await createConversation(workspace.client);
    const sent = await createMessage(workspace.client, id, { body: 'Befor' });
    const updated = getData(
      await workspace.client.patch<ItemResponse<Message>>(`/v1/messages/${sent.id}`, { body: 'Before' }),
    );
    expect(updated).toMatchObject({ body: 'Before', edited_at: expect.any(String), version: 2 });
    expect((await getConversation(id)).last_message!.body).toBe('Before');
    const emitted = (await listEvents(workspace.client)).find(
      ({ type, subject_id }) => type === 'message.updated' && subject_id === sent.id,
    );
    expect(emitted!.data).toMatchObject({ changed: { body: ['Befor', 'Before'] } });
  });

  it('should return 422 when a comment of the customer is updated', async () => {
    const { id } = await createConversation(workspace.client);
    const [comment] = (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`)).body.data;
    expect(getError(await workspace.client.patch(`/v1/messages/${comment!.id}`, { body: 'I am happy' })).status).toBe(
      422,
    );
  });

  it('should clear the content and keep the message when it is deleted', async () => {
    const { id } = await createConversation(workspace.client);
    const file = await createFile(workspace.client);
    const sent = await createMessage(workspace.client, id, { body: 'A secret', attachment_ids: [file.id] });
    expect((await workspace.client.delete(`/v1/messages/${sent.id}`)).status).toBe(204);
    expect(getError(await workspace.client.delete(`/v1/messages/${sent.id}`)).status).toBe(404);
    const { body } = await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`);
    expect(body.data[1]).toMatchObject({ id: sent.id, body: '', attachments: [], deleted_at: expect.any(String) });
    expect((await getConversation(id)).last_message!.body).toBe('');
  });

  it('should return 404 when the message belongs to another workspace', async () => {
    const foreign = await createMessage(other.client, (await createConversation(other.client)).id);
    expect(getError(await workspace.client.get(`/v1/messages/${foreign.id}`)).status).toBe(404);
    expect(getError(await workspace.client.patch(`/v1/messages/${foreign.id}`, { body: 'Ours' })).status).toBe(404);
    expect(getError(await workspace.client.delete(`/v1/messages/${foreign.id}`)).status).toBe(404);
  });
});

describe('lists of messages', () => {
  it('should list messages in order and filter them by type and sender', async () => {
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

  it('should return an empty list for an empty conversation and 404 for a missing one', async () => {
    const { id } = getData(
      await workspace.client.post<ItemResponse<Conversation>>('/v1/conversations', { contact: { name: 'Ada' } }),
    );
    expect((await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`)).body.data).toEqual(
      [],
    );
    expect(getError(await workspace.client.get(`/v1/conversations/${randomUUID()}/messages`)).status).toBe(404);
  });
});
