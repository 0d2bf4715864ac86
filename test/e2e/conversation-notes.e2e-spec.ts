import { createConversation, createMessage } from '../factories/conversation.js';
import { createNote } from '../factories/note.js';
import { createApiKey, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, Message, Note, ItemResponse } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function list(query: Record<string, string>): Promise<string[]> {
  return (await workspace.client.get<ListResponse<Note>>('/v1/conversation-notes', query)).body.data.map(
    ({ id }) => id,
  );
}

it('should create notes as messages of the type note', async () => {
  const { id } = await createConversation(workspace.client);
  const note = await createNote(workspace.client, id);
  const direct = await createMessage(workspace.client, id, { type: 'note', body: 'Me too' });
  await createMessage(workspace.client, id);
  expect(note).toMatchObject({
    conversation_id: id,
    author: { type: 'user', id: workspace.userId },
    mentions: [],
    version: 1,
  });
  expect(getData(await workspace.client.get<ItemResponse<Message>>(`/v1/messages/${note.id}`))).toMatchObject({
    type: 'note',
    body: note.body,
  });
  expect(await list({ conversation_id: id })).toEqual([direct.id, note.id]);
  expect(getData(await workspace.client.get<ItemResponse<Note>>(`/v1/conversation-notes/${note.id}`))).toEqual(note);
  expect(
    getError(
      await workspace.client.post(`/v1/conversations/${id}/messages`, {
        body: 'x',
        type: 'reply',
        mention_ids: [workspace.userId],
      }),
    ).status,
  ).toBe(400);
});

describe('mentions', () => {
  it('should collect mentions from the text and from mention_ids, and emit them', async () => {
    const { id } = await createConversation(workspace.client);
    const { client } = await createApiKey(workspace);
    const note = await createNote(client, id, { body: `Ask @[Sarah](${workspace.userId})` });
    expect(note.mentions).toEqual([workspace.userId]);
    expect((await createNote(client, id, { mention_ids: [workspace.userId] })).mentions).toEqual([workspace.userId]);
    const events = (await listEvents(workspace.client)).filter(
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

  it('should emit only new mentions when a note is updated', async () => {
    const { id } = await createConversation(workspace.client);
    const note = await createNote(workspace.client, id);
    const withMention = getData(
      await workspace.client.patch<ItemResponse<Note>>(`/v1/conversation-notes/${note.id}`, {
        body: `@[Sarah](${workspace.userId})`,
      }),
    );
    expect(withMention).toMatchObject({ mentions: [workspace.userId], version: 2, edited_at: expect.any(String) });
    await workspace.client.patch(`/v1/conversation-notes/${note.id}`, { body: `@[Sarah](${workspace.userId}) again` });
    const emitted = (await listEvents(workspace.client)).filter(
      ({ type, subject_id }) => type === 'note.updated' && subject_id === note.id,
    );
    expect(emitted.map(({ data }) => data.mentions)).toEqual([[workspace.userId], []]);
  });

  it('should reject or ignore users of another workspace', async () => {
    const { id } = await createConversation(workspace.client);
    const rejected = getError(
      await workspace.client.post('/v1/conversation-notes', {
        conversation_id: id,
        body: 'x',
        mention_ids: [other.userId],
      }),
    );
    expect(rejected).toMatchObject({ status: 422, details: { mention_ids: [other.userId] } });
    expect((await createNote(workspace.client, id, { body: `@[Spy](${other.userId})` })).mentions).toEqual([]);
  });
});

it('should remove a deleted note from the list and return 404 for it afterwards', async () => {
  const { id } = await createConversation(workspace.client);
  const note = await createNote(workspace.client, id);
  expect((await workspace.client.delete(`/v1/conversation-notes/${note.id}`)).status).toBe(204);
  expect(await list({ conversation_id: id })).toEqual([]);
  expect(getError(await workspace.client.delete(`/v1/conversation-notes/${note.id}`)).status).toBe(404);
});

it('should return 404 when the message is a reply, and 412 when the version is outdated', async () => {
  const reply = await createMessage(workspace.client, (await createConversation(workspace.client)).id);
  expect(getError(await workspace.client.get(`/v1/conversation-notes/${reply.id}`)).status).toBe(404);
  expect(getError(await workspace.client.patch(`/v1/conversation-notes/${reply.id}`, { body: 'x' }))).toMatchObject({
    status: 404,
    message: 'Note not found',
  });
  expect(getError(await workspace.client.delete(`/v1/conversation-notes/${reply.id}`)).status).toBe(404);
  const note = await createNote(workspace.client, reply.conversation_id);
  expect(
    getError(await workspace.client.patch(`/v1/conversation-notes/${note.id}`, { body: 'x' }, { 'if-match': '"7"' })),
  ).toMatchObject({ status: 412, details: { current: { id: note.id } } });
});

it('should return 404 when the conversation or note belongs to another workspace', async () => {
  const foreign = await createConversation(other.client);
  const note = await createNote(other.client, foreign.id);
  expect(
    getError(await workspace.client.post('/v1/conversation-notes', { conversation_id: foreign.id, body: 'x' })).status,
  ).toBe(404);
  expect(getError(await workspace.client.patch(`/v1/conversation-notes/${note.id}`, { body: 'x' })).status).toBe(404);
  expect(getError(await workspace.client.get(`/v1/conversation-notes/${note.id}`)).status).toBe(404);
  expect(await list({ conversation_id: foreign.id })).toEqual([]);
});
