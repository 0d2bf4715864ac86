import { makeConversation, makeMessage } from '../factories/conversation.js';
import { dataOf, refusalOf, register, type Answer, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Message, One } from '../support/wire.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await register();
});

function report(id: string, body: object): Promise<Answer<One<Message>>> {
  return workspace.client.post<One<Message>>(`/v1/messages/${id}/status`, body);
}

async function reply(fields: object = {}): Promise<Message> {
  return makeMessage(
    workspace.client,
    (await makeConversation(workspace.client)).id,
    fields as Record<string, unknown>,
  );
}

it('should go from sent to delivered to read, and not back', async () => {
  const { id } = await reply();
  for (const status of ['delivered', 'delivered', 'read'])
    expect(dataOf(await report(id, { status })).status).toBe(status);
  expect(dataOf(await report(id, { status: 'delivered' }))).toMatchObject({ status: 'read', version: 1 });
  const told = (await eventsOf(workspace.client)).filter(
    ({ subject_id, type }) => subject_id === id && type !== 'message.created',
  );
  expect(told).toMatchObject([
    { type: 'message.delivered', data: { changed: { status: ['sent', 'delivered'] } } },
    { type: 'message.read', data: { changed: { status: ['delivered', 'read'] } } },
  ]);
});

it('should fail only while it is sent, for good, and say why', async () => {
  const { id } = await reply();
  expect(dataOf(await report(id, { status: 'failed', error: 'No such mailbox' }))).toMatchObject({
    status: 'failed',
    status_error: 'No such mailbox',
  });
  expect(refusalOf(await report(id, { status: 'delivered' }))).toMatchObject({
    status: 422,
    details: { from: 'failed', allowed: [] },
  });
  const arrived = await reply();
  await report(arrived.id, { status: 'delivered' });
  expect(refusalOf(await report(arrived.id, { status: 'failed' }))).toMatchObject({
    status: 422,
    details: { from: 'delivered', to: 'failed', allowed: ['read'] },
  });
  expect((await eventsOf(workspace.client)).find(({ type }) => type === 'message.failed')).toMatchObject({
    subject_id: id,
    data: { error: 'No such mailbox' },
  });
});

it('should be of replies only, and take an error only with a failure', async () => {
  for (const type of ['comment', 'note'])
    expect(refusalOf(await report((await reply({ type })).id, { status: 'read' }))).toMatchObject({
      status: 422,
      details: { type },
    });
  expect(refusalOf(await report((await reply()).id, { status: 'read', error: 'x' }))).toMatchObject({
    status: 400,
    details: { error: [expect.any(String)] },
  });
});

it('should settle when reports come at once', async () => {
  const { id } = await reply();
  const answers = await Promise.all(['delivered', 'read', 'delivered', 'read'].map((status) => report(id, { status })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(dataOf(await workspace.client.get<One<Message>>(`/v1/messages/${id}`)).status).toBe('read');
});

it('should not reach a message of another workspace', async () => {
  const other = await register();
  const theirs = await makeMessage(other.client, (await makeConversation(other.client)).id);
  expect(refusalOf(await report(theirs.id, { status: 'read' })).status).toBe(404);
});
