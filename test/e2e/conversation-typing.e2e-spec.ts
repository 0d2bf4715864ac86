import { eventually } from '@parley/kernel/testing';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { apiKey, refusalOf, register, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import { followEvents, type EventStream } from '../support/event-stream.js';

let workspace: Workspace;
const streams: EventStream[] = [];

beforeAll(async () => {
  workspace = await register();
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

it('should tell those who look on, and be kept nowhere', async () => {
  const { id, contact } = await makeConversation(workspace.client);
  const stream = await follow();
  expect((await type(id, { on: true })).status).toBe(204);
  await type(id, { on: true, is_note: true });
  await type(id, { on: false, as: 'contact' }, { ...workspace, client: (await apiKey(workspace)).client });
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
  expect((await eventsOf(workspace.client)).filter(({ type: name }) => name === 'conversation.typing')).toEqual([]);
});

it('should come only to streams that want it', async () => {
  const [one, two] = [await makeConversation(workspace.client), await makeConversation(workspace.client)];
  const [ofType, ofSubject, ofOthers] = [
    await follow({ types: 'conversation.typing' }),
    await follow({ subject_id: one.id }),
    await follow({ types: 'message.created' }),
  ];
  await type(two.id, { on: true });
  await type(one.id, { on: true });
  await makeMessage(workspace.client, one.id);
  await eventually(() => ofType.events.length === 2 && ofSubject.events.length >= 1 && ofOthers.events.length === 1);
  expect(ofType.events.map(({ data }) => data.subject_id)).toEqual([two.id, one.id]);
  expect(ofSubject.events[0]).toMatchObject({ event: 'conversation.typing', data: { subject_id: one.id } });
  expect(ofOthers.events).toMatchObject([{ event: 'message.created' }]);
});

it("should not be a note of the customer's", async () => {
  const { id } = await makeConversation(workspace.client);
  expect(refusalOf(await type(id, { on: true, is_note: true, as: 'contact' }))).toMatchObject({
    status: 400,
    details: { is_note: [expect.any(String)] },
  });
});

it('should not be told of in another workspace, nor in its conversations', async () => {
  const other = await register();
  const { id } = await makeConversation(workspace.client);
  expect(refusalOf(await type(id, { on: true }, other)).status).toBe(404);
  const [theirs, ours] = [
    await follow({ types: 'conversation.typing' }, other),
    await follow({ types: 'conversation.typing' }),
  ];
  await type(id, { on: true });
  const own = await makeConversation(other.client);
  await type(own.id, { on: true }, other);
  await eventually(() => theirs.events.length > 0 && ours.events.length > 0);
  expect([theirs, ours].map(({ events }) => events.map(({ data }) => data.subject_id))).toEqual([[own.id], [id]]);
});
