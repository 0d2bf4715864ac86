import { createConversation, createMessage } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type ApiResponse, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Message, ItemResponse } from '../support/wire.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

function report(id: string, body: object): Promise<ApiResponse<ItemResponse<Message>>> {
  return workspace.client.post<ItemResponse<Message>>(`/v1/messages/${id}/status`, body);
}

async function reply(fields: object = {}): Promise<Message> {
  return createMessage(
    workspace.client,
    (await createConversation(workspace.client)).id,
    fields as Record<string, unknown>,
  );
}

it('should change from sent to delivered to read and ignore older reports', async () => {
  const { id } = await reply();
  for (const status of ['delivered', 'delivered', 'read'])
    expect(getData(await report(id, { status })).status).toBe(status);
  expect(getData(await report(id, { status: 'delivered' }))).toMatchObject({ status: 'read', version: 1 });
  const emitted = (await listEvents(workspace.client)).filter(
    ({ subject_id, type }) => subject_id === id && type !== 'message.created',
  );
  expect(emitted).toMatchObject([
    { type: 'message.delivered', data: { changed: { status: ['sent', 'delivered'] } } },
    { type: 'message.read', data: { changed: { status: ['delivered', 'read'] } } },
  ]);
});

it('should accept failed only from sent, as a final status with an error', async () => {
  const { id } = await reply();
  expect(getData(await report(id, { status: 'failed', error: 'No such mailbox' }))).toMatchObject({
    status: 'failed',
    status_error: 'No such mailbox',
  });
  expect(getError(await report(id, { status: 'delivered' }))).toMatchObject({
    status: 422,
    details: { from: 'failed', allowed: [] },
  });
  const arrived = await reply();
  await report(arrived.id, { status: 'delivered' });
  expect(getError(await report(arrived.id, { status: 'failed' }))).toMatchObject({
    status: 422,
    details: { from: 'delivered', to: 'failed', allowed: ['read'] },
  });
  expect((await listEvents(workspace.client)).find(({ type }) => type === 'message.failed')).toMatchObject({
    subject_id: id,
    data: { error: 'No such mailbox' },
  });
});

it('should return 422 for messages that are not replies, and 400 for an error without failed', async () => {
  for (const type of ['comment', 'note'])
    expect(getError(await report((await reply({ type })).id, { status: 'read' }))).toMatchObject({
      status: 422,
      details: { type },
    });
  expect(getError(await report((await reply()).id, { status: 'read', error: 'x' }))).toMatchObject({
    status: 400,
    details: { error: [expect.any(String)] },
  });
});

it('should end with the latest status when reports arrive concurrently', async () => {
  const { id } = await reply();
  const responses = await Promise.all(
    ['delivered', 'read', 'delivered', 'read'].map((status) => report(id, { status })),
  );
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(getData(await workspace.client.get<ItemResponse<Message>>(`/v1/messages/${id}`)).status).toBe('read');
});

it('should return 404 when the message belongs to another workspace', async () => {
  const other = await registerWorkspace();
  const foreign = await createMessage(other.client, (await createConversation(other.client)).id);
  expect(getError(await report(foreign.id, { status: 'read' })).status).toBe(404);
});
