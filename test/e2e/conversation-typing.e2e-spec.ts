import { eventually } from '@parley/kernel/testing';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createApiKey, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import { followEvents, type EventStream } from '../support/event-stream.js';

let workspace: Workspace;
const streams: EventStream[] = [];

beforeAll(async () => {
  workspace = await registerWorkspace();
});

afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

async function follow(query: Record<string, string> = {}, { client } = workspace): Promise<EventStream> {
  const stream = await followEvents(client, query);
  streams.push(stream);
  return stream;
}

function type(id: string, body: object, { client } = workspace): ReturnType<Workspace['client']['post']> {
  return client.post(`/v1/conversations/${id}/typing`, body);
}

it('should send the indicator to connected clients without storing it', async () => {
  const { id, contact } = await createConversation(workspace.client);
  const stream = await follow();
  expect((await type(id, { on: true })).status).toBe(204);
  await type(id, { on: true, is_note: true });
  await type(id, { on: false, as: 'contact' }, { ...workspace, client: (await createApiKey(workspace)).client });
  await eventually(() => stream.events.filter(({ event }) => event === 'conversation.typing').length === 3);
  const signals = stream.events.filter(({ event }) => event === 'conversation.typing');
  expect(signals.map((signal) => signal.id)).toEqual([undefined, undefined, undefined]);
  expect(signals.map(({ data }) => data)).toMatchObject([
    {
      type: 'conversation.typing',
      subject_type: 'conversation',
      subject_id: id,
      actor: { kind: 'user', id: workspace.userId },
      data: { on: true, is_note: false, author: { type: 'user', id: workspace.userId, name: 'Sarah Chen' } },
    },
    { data: { on: true, is_note: true } },
    { actor: { kind: 'api_key' }, data: { on: false, author: { type: 'contact', id: contact.id, name: 'John Doe' } } },
  ]);
  expect((await listEvents(workspace.client)).filter(({ type: name }) => name === 'conversation.typing')).toEqual([]);
});

it('should send the indicator only to streams whose filter matches', async () => {
  const [item, secondItem] = [await createConversation(workspace.client), await createConversation(workspace.client)];
  const [ofType, ofSubject, ofOthers] = [
    await follow({ types: 'conversation.typing' }),
    await follow({ subject_id: item.id }),
    await follow({ types: 'message.created' }),
  ];
  await type(secondItem.id, { on: true });
  await type(item.id, { on: true });
  await createMessage(workspace.client, item.id);
  await eventually(() => ofType.events.length === 2 && ofSubject.events.length >= 1 && ofOthers.events.length === 1);
  expect(ofType.events.map(({ data }) => data.subject_id)).toEqual([secondItem.id, item.id]);
  expect(ofSubject.events[0]).toMatchObject({ event: 'conversation.typing', data: { subject_id: item.id } });
  expect(ofOthers.events).toMatchObject([{ event: 'message.created' }]);
});

it('should return 400 when a note is typed as the contact', async () => {
  const { id } = await createConversation(workspace.client);
  expect(getError(await type(id, { on: true, is_note: true, as: 'contact' }))).toMatchObject({
    status: 400,
    details: { is_note: [expect.any(String)] },
  });
});

it('should return 404 for a conversation of another workspace and not send its indicators there', async () => {
  const other = await registerWorkspace();
  const { id } = await createConversation(workspace.client);
  expect(getError(await type(id, { on: true }, other)).status).toBe(404);
  const [foreign, ownItem] = [
    await follow({ types: 'conversation.typing' }, other),
    await follow({ types: 'conversation.typing' }),
  ];
  await type(id, { on: true });
  const own = await createConversation(other.client);
  await type(own.id, { on: true }, other);
  await eventually(() => foreign.events.length > 0 && ownItem.events.length > 0);
  expect([foreign, ownItem].map(({ events }) => events.map(({ data }) => data.subject_id))).toEqual([[own.id], [id]]);
});
