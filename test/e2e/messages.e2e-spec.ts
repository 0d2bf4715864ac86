import { randomUUID } from 'node:crypto';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeFile } from '../factories/file.js';
import { apiKey, dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import { eventsOf } from '../support/event-log.js';
import type { Conversation, Many, Message, One } from '../support/wire.js';

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
    await makeMessage((await apiKey(workspace)).client, id, { type: 'reply', body: 'We have got your message.' });
    expect(await conversation(id)).toMatchObject({ unread_count: 1, first_replied_at: null, message_count: 3 });
    const reply = await makeMessage(workspace.client, id, { body: 'Here it is.' });
    expect(reply.author).toEqual({ type: 'user', id: workspace.userId, name: 'Sarah Chen' });
    expect(await conversation(id)).toMatchObject({ unread_count: 0, waiting_since: null, first_replied_at: expect.any(String), message_count: 4, last_message: { id: reply.id, body: 'Here it is.' } });
  });

  it('should be the customer\'s word unless told otherwise, and by either path', async () => {
    const { id, contact } = await makeConversation(workspace.client);
    const said = dataOf(await workspace.client.post<One<Message>>('/v1/messages', { conversation_id: id, body: 'Anybody there?' }));
    expect(said).toMatchObject({ type: 'comment', conversation_id: id, author: { type: 'contact', id: contact.id } });
    expect(dataOf(await workspace.client.get<One<Message>>(`/v1/messages/${said.id}`))).toEqual(said);
  });

  it('should take files with it, all or none', async () => {
    const { id } = await makeConversation(workspace.client);
    const form = new FormData();
    form.set('body', 'See both');
    form.set('type', 'reply');
    form.append('attachments[]', new Blob(['one'], { type: 'text/plain' }), 'one.txt');
    form.append('attachments[]', new Blob(['two!'], { type: 'text/plain' }), 'two.txt');
    const said = dataOf((await post(id, form)) as { status: number; headers: Headers; body: One<Message> });
    expect(said).toMatchObject({ body: 'See both', type: 'reply', attachments: [{ name: 'one.txt', size: 3 }, { name: 'two.txt', size: 4 }] });
    expect(await (await fetch(new URL(said.attachments[1]!.url, serverUrl()))).text()).toBe('two!');
    const wrong = new FormData();
    wrong.append('elsewhere', new Blob(['x']), 'x.txt');
    expect(refusalOf(await post(id, wrong))).toMatchObject({ status: 400, details: { elsewhere: [expect.any(String)] } });
    expect((await conversation(id)).message_count).toBe(2);
  });

  it('should take files that were uploaded before, and need no words then', async () => {
    const { id } = await makeConversation(workspace.client);
    const file = await makeFile(workspace.client);
    const said = await makeMessage(workspace.client, id, { body: '', attachment_ids: [file.id] });
    expect(said.attachments).toMatchObject([{ id: file.id, name: file.name }]);
    expect(refusalOf(await post(id, { body: '' }))).toMatchObject({ status: 400, details: { body: [expect.any(String)] } });
  });

  it('should take an external id once, and answer only a message of the same conversation', async () => {
    const [one, two] = [await makeConversation(workspace.client), await makeConversation(workspace.client)];
    const external_id = randomUUID();
    const first = await makeMessage(workspace.client, one.id, { external_id });
    expect(refusalOf(await post(two.id, { body: 'Again', external_id }))).toMatchObject({ status: 409, details: { external_id } });
    expect((await post(one.id, { body: 'Thanks', in_reply_to: first.id })).status).toBe(201);
    expect(refusalOf(await post(two.id, { body: 'Thanks', in_reply_to: first.id })).status).toBe(422);
  });

  it('should not be possible in a conversation of another workspace, nor with its files', async () => {
    const theirs = await makeConversation(other.client);
    const ours = await makeConversation(workspace.client);
    const file = await makeFile(other.client);
    expect(refusalOf(await post(theirs.id, { body: 'Hello' })).status).toBe(404);
    expect(refusalOf(await workspace.client.post('/v1/messages', { conversation_id: theirs.id, body: 'Hello' })).status).toBe(404);
    expect(refusalOf(await post(ours.id, { body: 'Hello', attachment_ids: [file.id] })).status).toBe(422);
    expect((await conversation(ours.id)).message_count).toBe(1);
  });
});

describe('what the status makes of it', () => {
  it('should reopen a resolved conversation by the customer\'s word, not by a reply', async () => {
    const { id } = await makeConversation(workspace.client);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    await makeMessage(workspace.client, id, { type: 'reply' });
    expect((await conversation(id)).status).toBe('resolved');
    await makeMessage(workspace.client, id, { type: 'comment', body: 'It is back' });
    expect(await conversation(id)).toMatchObject({ status: 'open', reopen_count: 1, resolved_at: null });
    const types = (await eventsOf(workspace.client)).filter(({ subject_id, data }) => subject_id === id || data.conversation_id === id).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['message.created', 'conversation.reopened']);
  });

  it('should let only the team write in a closed one, for itself', async () => {
    const { id } = await makeConversation(workspace.client);
    await workspace.client.post(`/v1/conversations/${id}/close`);
    for (const type of ['comment', 'reply']) expect(refusalOf(await post(id, { body: 'Hello', type }))).toMatchObject({ status: 422, details: { status: 'closed' } });
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
    const told = (await eventsOf(workspace.client)).find(({ type, subject_id }) => type === 'message.updated' && subject_id === said.id);
    expect(told!.data).toMatchObject({ changed: { body: ['Befor', 'Before'] } });
  });

  it('should leave the customer\'s words alone', async () => {
    const { id } = await makeConversation(workspace.client);
    const [comment] = (await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`)).body.data;
    expect(refusalOf(await workspace.client.patch(`/v1/messages/${comment!.id}`, { body: 'I am happy' })).status).toBe(422);
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
    for (const [type, body] of [['reply', 'One'], ['note', 'Two'], ['comment', 'Three']] as const) await makeMessage(workspace.client, id, { type, body });
    const bodies = async (query: Record<string, string>) => (await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`, query)).body.data.map(({ body }) => body);
    expect(await bodies({})).toEqual(['Where is my invoice?', 'One', 'Two', 'Three']);
    expect(await bodies({ order_dir: 'desc', limit: '1' })).toEqual(['Three']);
    expect(await bodies({ type: 'reply,note' })).toEqual(['One', 'Two']);
    expect(await bodies({ sender_type: 'visitor' })).toEqual(['Where is my invoice?', 'Three']);
    expect(await bodies({ sender_type: 'agent', type: 'reply' })).toEqual(['One']);
    expect((await workspace.client.get<Many<Message>>('/v1/messages', { conversation_id: id })).body.data.map(({ body }) => body)).toEqual(['Three', 'Two', 'One', 'Where is my invoice?']);
  });

  it('should tell an empty thread from none', async () => {
    const { id } = dataOf(await workspace.client.post<One<Conversation>>('/v1/conversations', { contact: { name: 'Ada' } }));
    expect((await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`)).body.data).toEqual([]);
    expect(refusalOf(await workspace.client.get(`/v1/conversations/${randomUUID()}/messages`)).status).toBe(404);
  });
});
