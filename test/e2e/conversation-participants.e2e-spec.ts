import { createConversation, createMessage } from '../factories/conversation.js';
import { createNote } from '../factories/note.js';
import { createApiKey, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ListResponse, NamedRef, ItemResponse } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function followers(id: string): Promise<string[]> {
  return (await workspace.client.get<ListResponse<NamedRef>>(`/v1/conversations/${id}/participants`)).body.data.map(
    (user) => user.id,
  );
}

async function reasons(id: string): Promise<unknown[]> {
  return (await listEvents(workspace.client))
    .filter(({ type, subject_id }) => type === 'conversation.participant_added' && subject_id === id)
    .map(({ data }) => data.reason);
}

it.each<[string, (id: string) => Promise<unknown>]>([
  ['assigned', (id) => workspace.client.post(`/v1/conversations/${id}/assign`, { assignee_id: workspace.userId })],
  ['replied', (id) => createMessage(workspace.client, id)],
  ['noted', (id) => createNote(workspace.client, id)],
  ['added', (id) => workspace.client.post(`/v1/conversations/${id}/participants`, { user_id: workspace.userId })],
])('should add a user once with the reason %s', async (reason, participate) => {
  const { id } = await createConversation(workspace.client);
  expect(await followers(id)).toEqual([]);
  await participate(id);
  await createMessage(workspace.client, id);
  expect(await followers(id)).toEqual([workspace.userId]);
  expect(await reasons(id)).toEqual([reason]);
});

it('should add the initial assignee but not authors of comments or service keys', async () => {
  expect(await followers((await createConversation(workspace.client, { assignee_id: workspace.userId })).id)).toEqual([
    workspace.userId,
  ]);
  const { id } = await createConversation(workspace.client);
  await createMessage(workspace.client, id, { type: 'comment' });
  await createMessage((await createApiKey(workspace)).client, id);
  expect(await followers(id)).toEqual([]);
});

it('should remove a participant and add them again when they take part', async () => {
  const { id } = await createConversation(workspace.client);
  await createMessage(workspace.client, id);
  const path = `/v1/conversations/${id}/participants/${workspace.userId}`;
  expect((await workspace.client.delete(path)).status).toBe(204);
  expect(getError(await workspace.client.delete(path)).status).toBe(404);
  expect((await listEvents(workspace.client)).at(-1)).toMatchObject({
    type: 'conversation.participant_removed',
    subject_id: id,
    data: { user_id: workspace.userId },
  });
  await createNote(workspace.client, id);
  expect(await followers(id)).toEqual([workspace.userId]);
});

it('should filter conversations by participant', async () => {
  const { client, userId } = await registerWorkspace();
  const [followed] = [await createConversation(client), await createConversation(client)];
  await createMessage(client, followed.id);
  for (const participant of ['me', userId])
    expect(
      (await client.get<ListResponse<Conversation>>('/v1/conversations', { participant })).body.data.map(
        ({ id }) => id,
      ),
    ).toEqual([followed.id]);
  expect(getError(await client.get('/v1/conversations', { participant: 'none' })).status).toBe(400);
});

it('should add a participant once when several requests run concurrently', async () => {
  const { id } = await createConversation(workspace.client);
  const responses = await Promise.all(
    [1, 2, 3, 4].map(() =>
      workspace.client.post(`/v1/conversations/${id}/participants`, { user_id: workspace.userId }),
    ),
  );
  expect(responses.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(getData(responses[0] as never as Parameters<typeof getData<NamedRef>>[0])).toMatchObject({
    id: workspace.userId,
    name: 'Sarah Chen',
  });
  expect(await reasons(id)).toEqual(['added']);
});

it('should reject users and conversations of another workspace', async () => {
  const [own, foreign] = [await createConversation(workspace.client), await createConversation(other.client)];
  expect(
    getError(await workspace.client.post(`/v1/conversations/${own.id}/participants`, { user_id: other.userId })).status,
  ).toBe(422);
  expect(
    getError(await workspace.client.post(`/v1/conversations/${foreign.id}/participants`, { user_id: workspace.userId }))
      .status,
  ).toBe(404);
  expect(
    getError(await workspace.client.get<ItemResponse<unknown>>(`/v1/conversations/${foreign.id}/participants`)).status,
  ).toBe(404);
});
