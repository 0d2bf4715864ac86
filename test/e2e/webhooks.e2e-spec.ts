import { eventually } from '@parley/kernel/testing';
import { Webhook } from 'standardwebhooks';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createTeam } from '../factories/team.js';
import { listDeliveries, createWebhook, type LoggedDelivery, type CreatedWebhook } from '../factories/webhook.js';
import {
  createApiKey,
  getData,
  getError,
  registerWorkspace,
  signIn,
  type Client,
  type Workspace,
} from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import { WebhookReceiver, type ReceivedWebhook } from '../support/webhook-receiver.js';
import type { ItemResponse } from '../support/wire.js';

const BACKOFF = { timeoutMs: 12_000 };

describe('webhook deliveries', () => {
  let workspace: Workspace;
  let client: Client;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    workspace = await registerWorkspace();
    client = workspace.client;
    receiver = await WebhookReceiver.listen();
  });

  afterEach(() => receiver.close());

  const createHook = (fields: Readonly<Record<string, unknown>> = {}): Promise<CreatedWebhook> =>
    createWebhook(client, receiver.url, fields);

  const received = (type: string, count = 1): Promise<void> =>
    eventually(() => expect(receiver.ofType(type)).toHaveLength(count), BACKOFF);

  it('should post the resource in the form of the API, signed according to Standard Webhooks', async () => {
    const { secret } = await createHook({ events: ['conversation.*', 'message.created'] });
    const conversation = await createConversation(client);
    await received('conversation.created');
    const { headers, body } = receiver.ofType('conversation.created')[0]!;
    const emitted = new Webhook(secret).verify(body, { ...headers }) as Record<string, unknown>;
    const [event] = (await listEvents(client)).filter(({ type }) => type === 'conversation.created');
    expect(emitted).toMatchObject({
      id: event!.id,
      type: 'conversation.created',
      created_at: expect.any(String) as string,
      workspace_id: workspace.id,
      data: { id: conversation.id, subject: conversation.subject, contact: conversation.contact },
    });
    expect(() => new Webhook(secret).verify(body.replace('invoice', 'Invoice'), { ...headers })).toThrow(/signature/);
    await received('message.created');
    expect(JSON.parse(receiver.ofType('message.created')[0]!.body)).toMatchObject({
      data: { conversation_id: conversation.id, body: 'Where is my invoice?', author: { type: 'contact' } },
    });
  });

  it('should send only the events that the webhook subscribes to', async () => {
    await createHook({ events: ['conversation.tagged'] });
    const conversation = await createConversation(client);
    await client.patch(`/v1/conversations/${conversation.id}`, { priority: 'high' });
    await client.patch(`/v1/conversations/${conversation.id}`, { tags: ['vip'], priority: 'low' });
    await received('conversation.tagged');
    expect(receiver.received).toHaveLength(1);
    // Receivers distinguish events by the type, so the webhook gets the alias that it subscribes to.
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
      type: 'conversation.tagged',
      data: { tags: ['vip'], changed: { tags: [[], ['vip']], priority: ['high', 'low'] } },
    });
  });

  it('should send the exact changes of each event when the conversation changes quickly', async () => {
    await createHook({ events: ['conversation.*'], ordering: 'conversation' });
    const { id } = await createConversation(client);
    const priorities = ['low', 'high', 'urgent', 'none'];
    for (const priority of priorities) await client.patch(`/v1/conversations/${id}`, { priority });
    await received('conversation.priority_changed', priorities.length);
    const events = (await listEvents(client)).filter(({ subject_id }) => subject_id === id);
    for (const { body } of receiver.received) {
      const delivered = JSON.parse(body) as { id: string; data: { changed?: object }; event_data: object };
      const event = events.find((candidate) => candidate.id === delivered.id)!;
      expect(delivered.event_data).toEqual(event.data);
      expect(delivered.data.changed).toEqual((event.data as { changed?: object }).changed);
    }
  });

  it('should send security events only when they are named by a caller who can read the audit log', async () => {
    const { client: key } = await createApiKey(workspace, ['webhooks:write']);
    const body = { url: receiver.url, events: ['*'] };
    const all = getData(await key.post<ItemResponse<CreatedWebhook>>('/v1/webhooks', body));
    for (const events of [['security.login'], ['team.created', 'security.*']])
      expect(getError(await key.post('/v1/webhooks', { ...body, events }))).toMatchObject({
        status: 403,
        details: { required_scope: 'audit:read' },
      });
    const named = getData(
      await workspace.client.post<ItemResponse<CreatedWebhook>>('/v1/webhooks', { ...body, events: ['security.*'] }),
    );
    expect(getError(await key.patch(`/v1/webhooks/${named.id}`, { url: `${receiver.url}/else` })).status).toBe(403);
    await signIn(workspace);
    await createTeam(workspace.client);
    const deliveries = await eventually(async () => {
      const found = await listDeliveries(workspace.client, named.id);
      return found.length > 0 ? found : null;
    });
    expect(deliveries.map(({ event_type }) => event_type)).toEqual(['security.login']);
    await eventually(async () =>
      expect((await listDeliveries(key, all.id)).map(({ event_type }) => event_type)).toContain('team.created'),
    );
    expect((await listDeliveries(workspace.client, all.id)).map(({ event_type }) => event_type)).not.toContain(
      'security.login',
    );
    expect(await listDeliveries(key, named.id)).toEqual([]);
    const path = `/v1/webhooks/${named.id}/deliveries/${deliveries[0]!.id}`;
    expect((await workspace.client.get(path)).status).toBe(200);
    expect(getError(await key.get(path)).status).toBe(404);
    expect(getError(await key.post(`${path}/redeliver`)).status).toBe(404);
  });

  it('should not send events that the filter excludes', async () => {
    await createHook({
      events: ['message.created'],
      filter: { field: 'data.author_type', operator: 'equals', value: 'user' },
    });
    const conversation = await createConversation(client);
    const reply = await createMessage(client, conversation.id);
    await received('message.created');
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ data: { id: reply.id } });
  });

  it('should retry after 5 s with the same ID and body and a new signature, and list each attempt', async () => {
    const { id, secret } = await createHook({ events: ['team.created'] });
    receiver.replyNext(500);
    await createTeam(client);
    await received('team.created', 2);
    const [first, second] = receiver.received as [ReceivedWebhook, ReceivedWebhook];
    expect(second.body).toBe(first.body);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.headers['webhook-timestamp']).not.toBe(first.headers['webhook-timestamp']);
    expect(second.at - first.at).toBeGreaterThanOrEqual(4_400);
    new Webhook(secret).verify(second.body, { ...second.headers });
    const [delivery] = await eventually(async () => {
      const deliveries = await listDeliveries(client, id, { status: 'succeeded', event_type: 'team.created' });
      return deliveries.length === 1 ? deliveries : null;
    });
    expect(delivery).toMatchObject({
      message_id: first.headers['webhook-id'],
      status: 'succeeded',
      request_body: first.body,
    });
    expect(
      delivery!.attempts.map(({ number, response_status, response_body }) => [number, response_status, response_body]),
    ).toEqual([
      [1, 500, 'rejected'],
      [2, 200, 'ok'],
    ]);
    expect(delivery!.attempts[0]!.request_headers).toMatchObject({ 'webhook-id': first.headers['webhook-id'] });
  });

  it('should keep the order within a conversation and not delay other conversations', async () => {
    const { id } = await createHook({ events: ['message.created'] });
    const [item, other] = [await createConversation(client), await createConversation(client)];
    await received('message.created', 2);
    receiver.replyNext(500);
    await createMessage(client, item.id, { body: 'first' });
    await received('message.created', 3);
    await createMessage(client, item.id, { body: 'second' });
    await createMessage(client, other.id, { body: 'elsewhere' });
    await received('message.created', 6);
    const bodies = receiver.received
      .slice(2)
      .map(({ body }) => (JSON.parse(body) as { data: { body: string } }).data.body);
    expect(bodies).toEqual(['first', 'elsewhere', 'first', 'second']);
    await eventually(async () =>
      expect((await listDeliveries(client, id)).every(({ status }) => status === 'succeeded')).toBe(true),
    );
  });

  it('should deliver each of ten bursts in the order of its messages', async () => {
    await createHook({
      events: ['message.created'],
      filter: { field: 'data.author_type', operator: 'equals', value: 'user' },
    });
    const numbers = Array.from({ length: 40 }, (_, index) => String(index));
    const conversations = await Promise.all(Array.from({ length: 10 }, () => createConversation(client)));
    for (const { id } of conversations) for (const body of numbers) await createMessage(client, id, { body });
    await eventually(() => expect(receiver.received).toHaveLength(400), { timeoutMs: 60_000 });
    const messages = receiver.received.map(
      ({ body }) => (JSON.parse(body) as { data: { conversation_id: string; body: string } }).data,
    );
    for (const { id } of conversations)
      expect(messages.filter((message) => message.conversation_id === id).map(({ body }) => body)).toEqual(numbers);
  }, 120_000);

  it('should not wait for earlier events when ordering is none', async () => {
    await createHook({ events: ['message.created'], ordering: 'none' });
    receiver.replyNext(500);
    const conversation = await createConversation(client);
    await received('message.created', 1);
    await createMessage(client, conversation.id, { body: 'second' });
    await eventually(() => expect(receiver.received).toHaveLength(2), { timeoutMs: 3_000 });
  });

  it('should disable a webhook whose endpoint responds with 410', async () => {
    const { id } = await createHook({ events: ['team.*'] });
    receiver.replyAlways(410);
    await createTeam(client);
    await eventually(async () =>
      expect(getData(await client.get<ItemResponse<CreatedWebhook>>(`/v1/webhooks/${id}`))).toMatchObject({
        enabled: false,
        disabled_reason: 'gone',
      }),
    );
    expect((await listEvents(client)).filter(({ type }) => type === 'webhook.disabled')).toMatchObject([
      { subject_id: id, data: { reason: 'gone', url: new URL(receiver.url).origin } },
    ]);
    expect(await listDeliveries(client, id)).toMatchObject([
      { status: 'failed', attempts: [{ response_status: 410 }] },
    ]);
    receiver.replyAlways(200);
    const enabled = getData(await client.patch<ItemResponse<CreatedWebhook>>(`/v1/webhooks/${id}`, { enabled: true }));
    expect(enabled).toMatchObject({ enabled: true, disabled_reason: null });
    await createTeam(client);
    await received('team.created', 2);
  });

  it('should not follow a redirect', async () => {
    const { id } = await createHook();
    receiver.replyAlways((response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end());
    const tested = getData(await client.post<ItemResponse<LoggedDelivery>>(`/v1/webhooks/${id}/test`));
    expect(tested).toMatchObject({ status: 'failed', attempts: [{ response_status: 302, error: null }] });
    expect(receiver.received).toHaveLength(1);
  });

  it('should send a test event and return its result', async () => {
    const { id, secret } = await createHook({ events: ['team.created'], enabled: false });
    const tested = getData(await client.post<ItemResponse<LoggedDelivery>>(`/v1/webhooks/${id}/test`));
    expect(tested).toMatchObject({
      event_type: 'webhook.test',
      status: 'succeeded',
      attempts: [{ number: 1, response_status: 200, response_body: 'ok' }],
    });
    const { body, headers } = receiver.received[0]!;
    expect(new Webhook(secret).verify(body, { ...headers })).toMatchObject({
      type: 'webhook.test',
      workspace_id: workspace.id,
      data: { id },
    });
  });

  it('should redeliver with the same ID and body', async () => {
    const { id } = await createHook({ events: ['team.created'] });
    await createTeam(client);
    const [delivery] = await eventually(async () => {
      const deliveries = await listDeliveries(client, id, { status: 'succeeded' });
      return deliveries.length === 1 ? deliveries : null;
    });
    expect(await client.post(`/v1/webhooks/${id}/deliveries/${delivery!.id}/redeliver`)).toMatchObject({ status: 202 });
    await received('team.created', 2);
    const [first, second] = receiver.received;
    expect([second!.body, second!.headers['webhook-id']]).toEqual([first!.body, first!.headers['webhook-id']]);
  });

  it('should replay all events after an event with their original IDs', async () => {
    await createTeam(client);
    const { id } = await createHook({ events: ['team.created'] });
    const before = (await listEvents(client)).at(-1)!;
    await createTeam(client);
    await received('team.created');
    await client.patch(`/v1/webhooks/${id}`, { enabled: false });
    await createTeam(client);
    const log = await listEvents(client, before.id);
    await client.patch(`/v1/webhooks/${id}`, { enabled: true });
    expect(await client.post(`/v1/webhooks/${id}/replay`, { after: before.id })).toMatchObject({ status: 202 });
    await received('team.created', 3);
    const ids = receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    const [first, second] = log.filter(({ type }) => type === 'team.created');
    expect(ids.slice(1).sort()).toEqual([first!.id, second!.id].sort());
    const redelivered = receiver.received.filter(({ body }) => body === receiver.received[0]!.body);
    expect(new Set(redelivered.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(redelivered).toHaveLength(2);
  });
});
