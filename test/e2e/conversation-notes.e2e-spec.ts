import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeNote } from '../factories/note.js';
import { apiKey, dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Many, Message, Note, One } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function list(query: Record<string, string>): Promise<string[]> {
  return (await workspace.client.get<Many<Note>>('/v1/conversation-notes', query)).body.data.map(({ id }) => id);
}

it('should be messages of the type note', async () => {
  const { id } = await makeConversation(workspace.client);
  const note = await makeNote(workspace.client, id);
  const direct = await makeMessage(workspace.client, id, { type: 'note', body: 'Me too' });
  await makeMessage(workspace.client, id);
  expect(note).toMatchObject({
    conversation_id: id,
    author: { type: 'user', id: workspace.userId },
    mentions: [],
    version: 1,
  });
  expect(dataOf(await workspace.client.get<One<Message>>(`/v1/messages/${note.id}`))).toMatchObject({
    type: 'note',
    body: note.body,
  });
  expect(await list({ conversation_id: id })).toEqual([direct.id, note.id]);
  expect(dataOf(await workspace.client.get<One<Note>>(`/v1/conversation-notes/${note.id}`))).toEqual(note);
  expect(
    refusalOf(
      await workspace.client.post(`/v1/conversations/${id}/messages`, {
        body: 'x',
        type: 'reply',
        mention_ids: [workspace.userId],
      }),
    ).status,
  ).toBe(400);
});

describe('mentions', () => {
  it('should be read from the text or given beside it, and told', async () => {
    const { id } = await makeConversation(workspace.client);
    const { client } = await apiKey(workspace);
    const note = await makeNote(client, id, { body: `Ask @[Sarah](${workspace.userId})` });
    expect(note.mentions).toEqual([workspace.userId]);
    expect((await makeNote(client, id, { mention_ids: [workspace.userId] })).mentions).toEqual([workspace.userId]);
    const events = (await eventsOf(workspace.client)).filter(
      ({ subject_id }) => subject_id === note.id || subject_id === id,
    );
    expect(events.slice(1)).toMatchObject([
      { type: 'note.created', data: { mentions: [workspace.userId] } },
      {
        type: 'conversation.participant_added',
        subject_id: id,
        data: { user_id: workspace.userId, reason: 'mentioned' },
      },
    ]);
    expect(await list({ mention: 'me' })).toContain(note.id);
  });

  it('should be told once of a note that is corrected', async () => {
    const { id } = await makeConversation(workspace.client);
    const note = await makeNote(workspace.client, id);
    const mentioned = dataOf(
      await workspace.client.patch<One<Note>>(`/v1/conversation-notes/${note.id}`, {
        body: `@[Sarah](${workspace.userId})`,
      }),
    );
    expect(mentioned).toMatchObject({ mentions: [workspace.userId], version: 2, edited_at: expect.any(String) });
    await workspace.client.patch(`/v1/conversation-notes/${note.id}`, { body: `@[Sarah](${workspace.userId}) again` });
    const told = (await eventsOf(workspace.client)).filter(
      ({ type, subject_id }) => type === 'note.updated' && subject_id === note.id,
    );
    expect(told.map(({ data }) => data.mentions)).toEqual([[workspace.userId], []]);
  });

  it('should not be users of another workspace', async () => {
    const { id } = await makeConversation(workspace.client);
    const refused = refusalOf(
      await workspace.client.post('/v1/conversation-notes', {
        conversation_id: id,
        body: 'x',
        mention_ids: [other.userId],
      }),
    );
    expect(refused).toMatchObject({ status: 422, details: { mention_ids: [other.userId] } });
    expect((await makeNote(workspace.client, id, { body: `@[Spy](${other.userId})` })).mentions).toEqual([]);
  });
});

it('should be deleted and gone from the list, its words only in the log', async () => {
  const { id } = await makeConversation(workspace.client);
  const note = await makeNote(workspace.client, id);
  expect((await workspace.client.delete(`/v1/conversation-notes/${note.id}`)).status).toBe(204);
  expect(await list({ conversation_id: id })).toEqual([]);
  expect(refusalOf(await workspace.client.delete(`/v1/conversation-notes/${note.id}`)).status).toBe(404);
});

it('should find neither replies nor what there is not', async () => {
  const reply = await makeMessage(workspace.client, (await makeConversation(workspace.client)).id);
  expect(refusalOf(await workspace.client.get(`/v1/conversation-notes/${reply.id}`)).status).toBe(404);
  expect(refusalOf(await workspace.client.patch(`/v1/conversation-notes/${reply.id}`, { body: 'x' }))).toMatchObject({
    status: 404,
    message: 'Note not found',
  });
  expect(refusalOf(await workspace.client.delete(`/v1/conversation-notes/${reply.id}`)).status).toBe(404);
  const note = await makeNote(workspace.client, reply.conversation_id);
  expect(
    refusalOf(await workspace.client.patch(`/v1/conversation-notes/${note.id}`, { body: 'x' }, { 'if-match': '"7"' })),
  ).toMatchObject({ status: 412, details: { current: { id: note.id } } });
});

it('should not be reached or written in another workspace', async () => {
  const theirs = await makeConversation(other.client);
  const note = await makeNote(other.client, theirs.id);
  expect(
    refusalOf(await workspace.client.post('/v1/conversation-notes', { conversation_id: theirs.id, body: 'x' })).status,
  ).toBe(404);
  expect(refusalOf(await workspace.client.patch(`/v1/conversation-notes/${note.id}`, { body: 'x' })).status).toBe(404);
  expect(refusalOf(await workspace.client.get(`/v1/conversation-notes/${note.id}`)).status).toBe(404);
  expect(await list({ conversation_id: theirs.id })).toEqual([]);
});
