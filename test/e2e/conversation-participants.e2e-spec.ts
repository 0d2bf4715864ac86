import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeNote } from '../factories/note.js';
import { apiKey, dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Conversation, Many, Named, One } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function followers(id: string): Promise<string[]> {
  return (await workspace.client.get<Many<Named>>(`/v1/conversations/${id}/participants`)).body.data.map(
    (user) => user.id,
  );
}

async function reasons(id: string): Promise<unknown[]> {
  return (await eventsOf(workspace.client))
    .filter(({ type, subject_id }) => type === 'conversation.participant_added' && subject_id === id)
    .map(({ data }) => data.reason);
}

it.each<[string, (id: string) => Promise<unknown>]>([
  ['assigned', (id) => workspace.client.post(`/v1/conversations/${id}/assign`, { assignee_id: workspace.userId })],
  ['replied', (id) => makeMessage(workspace.client, id)],
  ['noted', (id) => makeNote(workspace.client, id)],
  ['added', (id) => workspace.client.post(`/v1/conversations/${id}/participants`, { user_id: workspace.userId })],
])('should follow what they were %s or did, and be told of once', async (reason, takePart) => {
  const { id } = await makeConversation(workspace.client);
  expect(await followers(id)).toEqual([]);
  await takePart(id);
  await makeMessage(workspace.client, id);
  expect(await followers(id)).toEqual([workspace.userId]);
  expect(await reasons(id)).toEqual([reason]);
});

it('should follow what they are assigned from the start, and not what others bring', async () => {
  expect(await followers((await makeConversation(workspace.client, { assignee_id: workspace.userId })).id)).toEqual([
    workspace.userId,
  ]);
  const { id } = await makeConversation(workspace.client);
  await makeMessage(workspace.client, id, { type: 'comment' });
  await makeMessage((await apiKey(workspace)).client, id);
  expect(await followers(id)).toEqual([]);
});

it('should be taken out, until they take part again', async () => {
  const { id } = await makeConversation(workspace.client);
  await makeMessage(workspace.client, id);
  const path = `/v1/conversations/${id}/participants/${workspace.userId}`;
  expect((await workspace.client.delete(path)).status).toBe(204);
  expect(refusalOf(await workspace.client.delete(path)).status).toBe(404);
  expect((await eventsOf(workspace.client)).at(-1)).toMatchObject({
    type: 'conversation.participant_removed',
    subject_id: id,
    data: { user_id: workspace.userId },
  });
  await makeNote(workspace.client, id);
  expect(await followers(id)).toEqual([workspace.userId]);
});

it('should find what they follow', async () => {
  const { client, userId } = await register();
  const [followed] = [await makeConversation(client), await makeConversation(client)];
  await makeMessage(client, followed.id);
  for (const participant of ['me', userId])
    expect(
      (await client.get<Many<Conversation>>('/v1/conversations', { participant })).body.data.map(({ id }) => id),
    ).toEqual([followed.id]);
  expect(refusalOf(await client.get('/v1/conversations', { participant: 'none' })).status).toBe(400);
});

it('should be told once when several let them follow at once', async () => {
  const { id } = await makeConversation(workspace.client);
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() =>
      workspace.client.post(`/v1/conversations/${id}/participants`, { user_id: workspace.userId }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(dataOf(answers[0] as never as Parameters<typeof dataOf<Named>>[0])).toMatchObject({
    id: workspace.userId,
    name: 'Sarah Chen',
  });
  expect(await reasons(id)).toEqual(['added']);
});

it('should not be users of another workspace, nor follow its conversations', async () => {
  const [ours, theirs] = [await makeConversation(workspace.client), await makeConversation(other.client)];
  expect(
    refusalOf(await workspace.client.post(`/v1/conversations/${ours.id}/participants`, { user_id: other.userId }))
      .status,
  ).toBe(422);
  expect(
    refusalOf(await workspace.client.post(`/v1/conversations/${theirs.id}/participants`, { user_id: workspace.userId }))
      .status,
  ).toBe(404);
  expect(
    refusalOf(await workspace.client.get<One<unknown>>(`/v1/conversations/${theirs.id}/participants`)).status,
  ).toBe(404);
});
