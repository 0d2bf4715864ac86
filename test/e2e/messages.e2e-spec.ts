import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeFile } from '../factories/file.js';
import { makeMember } from '../factories/member.js';
import { apiKey, dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import { eventsOf } from '../support/event-log.js';
import type { Conversation, Many, Message, Notification, One } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function conversation(id: string): Promise<Conversation> {
  return dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`));
}

async function post(id: string, body: unknown): ReturnType<Workspace['client']['post']> {
  return workspace.client.post(`/v1/conversations/${id}/messages`, body);
}

describe('saying something', () => {
  it('should answer the customer: who replies counts, notes and machines do not', async () => {
    const { id } = await makeConversation(workspace.client);
    await makeMessage(workspace.client, id, { type: 'note', body: 'Who knows this?' });
    const key = await apiKey(workspace);
    const automatic = await makeMessage(key.client, id, { type: 'reply', body: 'We have got your message.' });
    expect(automatic.author).toEqual({ type: 'bot', id: key.id, name: 'Test' });
    expect(await conversation(id)).toMatchObject({ unread_count: 1, first_replied_at: null, message_count: 3 });
    const reply = await makeMessage(workspace.client, id, { body: 'Here it is.' });
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
    const { id, contact } = await makeConversation(workspace.client);
    const said = dataOf(
      await workspace.client.post<One<Message>>('/v1/messages', { conversation_id: id, body: 'Here it is.' }),
    );
    expect(said).toMatchObject({ type: 'reply', conversation_id: id, author: { type: 'user', id: workspace.userId } });
    expect(dataOf(await workspace.client.get<One<Message>>(`/v1/messages/${said.id}`))).toEqual(said);
    const { client } = await apiKey(workspace);
    expect(
      dataOf(await client.post<One<Message>>(`/v1/conversations/${id}/messages`, { body: 'Anything else?' })),
    ).toMatchObject({ type: 'reply', author: { type: 'bot' } });
    const theirs = { type: 'comment', author: { type: 'contact', id: contact.id } };
    expect(
      dataOf(
        await workspace.client.post<One<Message>>('/v1/messages', {
          conversation_id: id,
          body: 'No, thanks',
          type: 'comment',
        }),
      ),
    ).toMatchObject(theirs);
  });

  it('should take files with it, all or none', async () => {
    const { id } = await makeConversation(workspace.client);
    const form = new FormData();
    form.set('body', 'See both');
    form.set('type', 'reply');
    form.append('attachments[]', new Blob(['one'], { type: 'text/plain' }), 'one.txt');
    form.append('attachments[]', new Blob(['two!'], { type: 'text/plain' }), 'two.txt');
    const said = dataOf((await post(id, form)) as { status: number; headers: Headers; body: One<Message> });
    expect(said).toMatchObject({
      body: 'See both',
      type: 'reply',
      attachments: [
        { name: 'one.txt', size: 3 },
        { name: 'two.txt', size: 4 },
      ],
    });
    expect(await (await fetch(new URL(said.attachments[1]!.url, serverUrl()))).text()).toBe('two!');
    const wrong = new FormData();
    wrong.append('elsewhere', new Blob(['x']), 'x.txt');
    expect(refusalOf(await post(id, wrong))).toMatchObject({
      status: 400,
      details: { elsewhere: [expect.any(String)] },
    });
    expect((await conversation(id)).message_count).toBe(2);
  });

  it('should take files that were uploaded before, and need no words then', async () => {
    const { id } = await makeConversation(workspace.client);
    const file = await makeFile(workspace.client);
    const said = await makeMessage(workspace.client, id, { body: '', attachment_ids: [file.id] });
    expect(said.attachments).toMatchObject([{ id: file.id, name: file.name }]);
    expect(refusalOf(await post(id, { body: '' }))).toMatchObject({
      status: 400,
      details: { body: [expect.any(String)] },
    });
  });

  it('should take an external id once, and answer only a message of the same conversation', async () => {
    const [one, two] = [await makeConversation(workspace.client), await makeConversation(workspace.client)];
    const external_id = randomUUID();
    const first = await makeMessage(workspace.client, one.id, { external_id });
    expect(refusalOf(await post(two.id, { body: 'Again', external_id }))).toMatchObject({
      status: 409,
      details: { field: 'external_id', external_id, id: first.id },
    });
    expect((await post(one.id, { body: 'Thanks', in_reply_to: first.id })).status).toBe(201);
    expect(refusalOf(await post(two.id, { body: 'Thanks', in_reply_to: first.id })).status).toBe(422);
  });

  it('should not be possible in a conversation of another workspace, nor with its files', async () => {
    const theirs = await makeConversation(other.client);
    const ours = await makeConversation(workspace.client);
    const file = await makeFile(other.client);
    expect(refusalOf(await post(theirs.id, { body: 'Hello' })).status).toBe(404);
    expect(
      refusalOf(await workspace.client.post('/v1/messages', { conversation_id: theirs.id, body: 'Hello' })).status,
    ).toBe(404);
    expect(refusalOf(await post(ours.id, { body: 'Hello', attachment_ids: [file.id] })).status).toBe(422);
    expect((await conversation(ours.id)).message_count).toBe(1);
  });
});

describe('speaking for somebody', () => {
  it('should count as the answer of the user whom a service speaks for', async () => {
    const { id } = await makeConversation(workspace.client);
    const { client } = await apiKey(workspace);
    const said = await makeMessage(client, id, { author: { type: 'user', id: workspace.userId } });
    expect(said.author).toEqual({ type: 'user', id: workspace.userId, name: 'Sarah Chen' });
    expect(await conversation(id)).toMatchObject({
      unread_count: 0,
      waiting_since: null,
      first_replied_at: expect.any(String),
    });
    const { body } = await client.get<Many<{ id: string }>>(`/v1/conversations/${id}/participants`);
    expect(body.data.map((participant) => participant.id)).toEqual([workspace.userId]);
  });

  it('should name AI agents and bots, who leave the customer waiting, in notes as well', async () => {
    const { id } = await makeConversation(workspace.client);
    const key = await apiKey(workspace);
    expect((await makeMessage(key.client, id, { author: { type: 'ai_agent', name: 'Fin' } })).author).toEqual({
      type: 'ai_agent',
      id: null,
      name: 'Fin',
    });
    expect((await makeMessage(key.client, id, { author: { type: 'bot', name: 'Order bot' } })).author).toEqual({
      type: 'bot',
      id: key.id,
      name: 'Order bot',
    });
    expect(await conversation(id)).toMatchObject({ unread_count: 1, first_replied_at: null });
    const note = dataOf(
      await key.client.post<One<Message>>('/v1/conversation-notes', {
        conversation_id: id,
        body: 'Seen',
        author: { type: 'user', id: workspace.userId },
      }),
    );
    expect(note.author).toMatchObject({ type: 'user', name: 'Sarah Chen' });
  });

  it('should tell whom a note mentions that its author wrote it', async () => {
    const { id } = await makeConversation(workspace.client);
    const member = await makeMember(workspace);
    await (
      await apiKey(workspace)
    ).client.post('/v1/conversation-notes', {
      conversation_id: id,
      body: 'Look',
      mention_ids: [member.userId],
      author: { type: 'user', id: workspace.userId },
    });
    const told = await eventually(
      async () => (await member.client.get<Many<Notification>>('/v1/notifications')).body.data[0] ?? null,
    );
    expect(told.actor).toMatchObject({ kind: 'user', id: workspace.userId });
  });

  it.each([
    ['a user without an id', { type: 'user' }, 400, 'author.id'],
    ['a bot without a name', { type: 'bot' }, 400, 'author.name'],
    ['a user who is not there', { type: 'user', id: randomUUID() }, 422, 'author.id'],
  ] as const)('should be refused for %s', async (_title, author, status, field) => {
    const { id } = await makeConversation(workspace.client);
    const refusal = refusalOf(
      await (await apiKey(workspace)).client.post(`/v1/conversations/${id}/messages`, { body: 'Hello', author }),
    );
    expect(refusal).toMatchObject({ status, details: { [field]: expect.anything() } });
  });

  it("should be a service's right alone, and not go with the customer's words", async () => {
    const { id } = await makeConversation(workspace.client);
    const member = await makeMember(workspace);
    const say = (author: object, type = 'reply') => post(id, { body: 'Hello', type, author });
    for (const author of [
      { type: 'user', id: member.userId },
      { type: 'bot', name: 'Fin' },
      { type: 'ai_agent', name: 'Fin' },
    ])
      expect(refusalOf(await say(author)).status).toBe(403);
    expect((await say({ type: 'user', id: workspace.userId })).status).toBe(201);
    expect(refusalOf(await say({ type: 'user', id: workspace.userId }, 'comment'))).toMatchObject({
      status: 400,
      details: { author: [expect.any(String)] },
    });
    expect(
      refusalOf(
        await (
          await apiKey(workspace)
        ).client.post(`/v1/conversations/${id}/messages`, { body: 'x', author: { type: 'user', id: other.userId } }),
      ).status,
    ).toBe(422);
  });
});

describe('what the status makes of it', () => {
  it("should reopen a resolved conversation by the customer's word, not by a reply", async () => {
    const { id } = await makeConversation(workspace.client);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    await makeMessage(workspace.client, id, { type: 'reply' });
    expect((await conversation(id)).status).toBe('resolved');
    await makeMessage(workspace.client, id, { type: 'comment', body: 'It is back' });
    expect(await conversation(id)).toMatchObject({ status: 'open', reopen_count: 1, resolved_at: null });
    const types = (await eventsOf(workspace.client))
      .filter(({ subject_id, data }) => subject_id === id || data.conversation_id === id)
      .map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['message.created', 'conversation.reopened']);
  });

  it('should let only the team write in a closed one, for itself', async () => {
    const { id } = await makeConversation(workspace.client);
    await workspace.client.post(`/v1/conversations/${id}/close`);
    for (const type of ['comment', 'reply'])
      expect(refusalOf(await post(id, { body: 'Hello', type }))).toMatchObject({
        status: 422,
        details: { status: 'closed' },
      });
    expect((await post(id, { body: 'For the record', type: 'note' })).status).toBe(201);
    expect((await conversation(id)).status).toBe('closed');
  });
});

describe('correcting and taking back', () => {
  it('should correct replies and notes, and remember what they said', async () => {
    const { id } = await makeConversation(workspace.client);
    const said = await makeMessage(workspace.client, id, { body: 'Befor' });
    const corrected = dataOf(await workspace.client.patch<One<Message>>(`/v1/messages/${said.id}`, { body: 'Before' }));
    expect(corrected).toMatchObject({ body: 'Before', edited_at: expect.any(String), version: 2 });
    expect((await conversation(id)).last_message!.body).toBe('Before');
    const told = (await eventsOf(workspace.client)).find(
      ({ type, subject_id }) => type === 'message.updated' && subject_id === said.id,
    );
    expect(told!.data).toMatchObject({ changed: { body: ['Befor', 'Before'] } });
  });

  it("should leave the customer's words alone", async () => {
    const { id } = await makeConversation(workspace.client);
    const [comment] = (await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`)).body.data;
    expect(refusalOf(await workspace.client.patch(`/v1/messages/${comment!.id}`, { body: 'I am happy' })).status).toBe(
      422,
    );
  });

  it('should take the words out and leave the place', async () => {
    const { id } = await makeConversation(workspace.client);
    const file = await makeFile(workspace.client);
    const said = await makeMessage(workspace.client, id, { body: 'A secret', attachment_ids: [file.id] });
    expect((await workspace.client.delete(`/v1/messages/${said.id}`)).status).toBe(204);
    expect(refusalOf(await workspace.client.delete(`/v1/messages/${said.id}`)).status).toBe(404);
    const { body } = await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`);
    expect(body.data[1]).toMatchObject({ id: said.id, body: '', attachments: [], deleted_at: expect.any(String) });
    expect((await conversation(id)).last_message!.body).toBe('');
  });

  it('should not reach a message of another workspace', async () => {
    const theirs = await makeMessage(other.client, (await makeConversation(other.client)).id);
    expect(refusalOf(await workspace.client.get(`/v1/messages/${theirs.id}`)).status).toBe(404);
    expect(refusalOf(await workspace.client.patch(`/v1/messages/${theirs.id}`, { body: 'Ours' })).status).toBe(404);
    expect(refusalOf(await workspace.client.delete(`/v1/messages/${theirs.id}`)).status).toBe(404);
  });
});

describe('lists of messages', () => {
  it('should be in the order of the thread, by type and by sender', async () => {
    const { id } = await makeConversation(workspace.client);
    for (const [type, body] of [
      ['reply', 'One'],
      ['note', 'Two'],
      ['comment', 'Three'],
    ] as const)
      await makeMessage(workspace.client, id, { type, body });
    const bodies = async (query: Record<string, string>) =>
      (await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`, query)).body.data.map(
        ({ body }) => body,
      );
    expect(await bodies({})).toEqual(['Where is my invoice?', 'One', 'Two', 'Three']);
    expect(await bodies({ order_dir: 'desc', limit: '1' })).toEqual(['Three']);
    expect(await bodies({ type: 'reply,note' })).toEqual(['One', 'Two']);
    expect(await bodies({ sender_type: 'visitor' })).toEqual(['Where is my invoice?', 'Three']);
    expect(await bodies({ sender_type: 'agent', type: 'reply' })).toEqual(['One']);
    expect(
      (await workspace.client.get<Many<Message>>('/v1/messages', { conversation_id: id })).body.data.map(
        ({ body }) => body,
      ),
    ).toEqual(['Three', 'Two', 'One', 'Where is my invoice?']);
  });

  it('should tell an empty thread from none', async () => {
    const { id } = dataOf(
      await workspace.client.post<One<Conversation>>('/v1/conversations', { contact: { name: 'Ada' } }),
    );
    expect((await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`)).body.data).toEqual([]);
    expect(refusalOf(await workspace.client.get(`/v1/conversations/${randomUUID()}/messages`)).status).toBe(404);
  });
});
