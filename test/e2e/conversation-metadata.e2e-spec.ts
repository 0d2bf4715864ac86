import { createConversation } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ItemResponse } from '../support/wire.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

it('should replace all metadata of the conversation', async () => {
  const { id } = await createConversation(workspace.client, { metadata: { a: 1 } });
  expect(getData((await workspace.client.get(`/v1/conversation-metadata/${id}`)) as never)).toEqual({
    conversation_id: id,
    metadata: { a: 1 },
    version: 1,
  });
  const set = await workspace.client.put(`/v1/conversation-metadata/${id}`, { metadata: { b: { c: [2] } } });
  expect(getData(set as never)).toEqual({ conversation_id: id, metadata: { b: { c: [2] } }, version: 2 });
  expect(getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`))).toMatchObject({
    metadata: { b: { c: [2] } },
  });
  expect((await listEvents(workspace.client)).at(-1)).toMatchObject({
    type: 'conversation.updated',
    data: { changed: { metadata: [{ a: 1 }, { b: { c: [2] } }] } },
  });
});

it('should return 412 for an outdated version and 400 when metadata is not an object', async () => {
  const { id } = await createConversation(workspace.client);
  expect(
    getError(await workspace.client.put(`/v1/conversation-metadata/${id}`, { metadata: {} }, { 'if-match': '"9"' }))
      .status,
  ).toBe(412);
  for (const metadata of [null, [], 'x', undefined])
    expect(getError(await workspace.client.put(`/v1/conversation-metadata/${id}`, { metadata })).status).toBe(400);
});

it('should return 404 when the conversation belongs to another workspace', async () => {
  const other = await registerWorkspace();
  const { id } = await createConversation(other.client);
  expect(getError(await workspace.client.get(`/v1/conversation-metadata/${id}`)).status).toBe(404);
  expect(getError(await workspace.client.put(`/v1/conversation-metadata/${id}`, { metadata: {} })).status).toBe(404);
});
