import { eventually } from '@parley/kernel/testing';
import { Webhook } from 'standardwebhooks';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeTeam } from '../factories/team.js';
import { dataOf, refusalOf, register, type Client, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import { WebhookReceiver, type Received } from '../support/webhook-receiver.js';
import type { One } from '../support/wire.js';

interface WebhookOnWire {
  readonly id: string;
  readonly url: string;
  readonly events: string[];
  readonly enabled: boolean;
  readonly disabled_reason: string | null;
  readonly secret: string;
  readonly version: number;
}

interface DeliveryOnWire {
  readonly id: string;
  readonly message_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly status: string;
  readonly request_body: string | null;
  readonly attempts: { number: number; response_status: number | null; response_body: string | null; error: string | null; request_headers: Record<string, string> }[];
}

const BACKOFF = { timeoutMs: 12_000 };

describe('webhooks', () => {
  let workspace: Workspace;
  let client: Client;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    workspace = await register();
    client = workspace.client;
    receiver = await WebhookReceiver.listen();
  });

  afterEach(() => receiver.close());

  async function makeWebhook(fields: Readonly<Record<string, unknown>> = {}): Promise<WebhookOnWire> {
    return dataOf(await client.post<One<WebhookOnWire>>('/v1/webhooks', { url: receiver.url, events: ['*'], ...fields }));
  }

  async function deliveriesOf(id: string, query: Record<string, string> = {}): Promise<DeliveryOnWire[]> {
    return (await client.get<{ data: DeliveryOnWire[] }>(`/v1/webhooks/${id}/deliveries`, query)).body.data;
  }

  const received = (type: string, count = 1): Promise<void> => eventually(() => expect(receiver.ofType(type)).toHaveLength(count), BACKOFF);

  it('should post what happened, as the API shows it, signed by Standard Webhooks', async () => {
    const { secret } = await makeWebhook({ events: ['conversation.*', 'message.created'] });
    const conversation = await makeConversation(client);
    await received('conversation.created');
    const { headers, body } = receiver.ofType('conversation.created')[0]!;
    const told = new Webhook(secret).verify(body, { ...headers }) as Record<string, unknown>;
    const [event] = (await eventsOf(client)).filter(({ type }) => type === 'conversation.created');
    expect(told).toMatchObject({ id: event!.id, type: 'conversation.created', created_at: expect.any(String) as string, workspace_id: workspace.id, data: { id: conversation.id, subject: conversation.subject, contact: conversation.contact } });
    expect(() => new Webhook(secret).verify(body.replace('invoice', 'Invoice'), { ...headers })).toThrow(/signature/);
    await received('message.created');
    expect(JSON.parse(receiver.ofType('message.created')[0]!.body)).toMatchObject({ data: { conversation_id: conversation.id, body: 'Where is my invoice?', author: { type: 'contact' } } });
  });

  it('should tell a webhook of what it subscribes to and of nothing else', async () => {
    await makeWebhook({ events: ['conversation.tagged'] });
    const conversation = await makeConversation(client);
    await client.patch(`/v1/conversations/${conversation.id}`, { priority: 'high' });
    await client.patch(`/v1/conversations/${conversation.id}`, { tags: ['vip'], priority: 'low' });
    await received('conversation.updated');
    expect(receiver.received).toHaveLength(1);
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ data: { tags: ['vip'], changed: { tags: [[], ['vip']], priority: ['high', 'low'] } } });
  });

  it('should hold back what the filter does not let pass', async () => {
    await makeWebhook({ events: ['message.created'], filter: { field: 'data.author_type', operator: 'equals', value: 'user' } });
    const conversation = await makeConversation(client);
    const reply = await makeMessage(client, conversation.id);
    await received('message.created');
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ data: { id: reply.id } });
  });

  it('should try again after 5 s with the same id and the same bytes, signed afresh, and list each attempt', async () => {
    const { id, secret } = await makeWebhook({ events: ['team.created'] });
    receiver.answerNext(500);
    await makeTeam(client);
    await received('team.created', 2);
    const [first, second] = receiver.received as [Received, Received];
    expect(second.body).toBe(first.body);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.headers['webhook-timestamp']).not.toBe(first.headers['webhook-timestamp']);
    expect(second.at - first.at).toBeGreaterThanOrEqual(4_400);
    new Webhook(secret).verify(second.body, { ...second.headers });
    const [delivery] = await eventually(async () => {
      const deliveries = await deliveriesOf(id, { status: 'succeeded', event_type: 'team.created' });
      return deliveries.length === 1 ? deliveries : null;
    });
    expect(delivery).toMatchObject({ message_id: first.headers['webhook-id'], status: 'succeeded', request_body: first.body });
    expect(delivery!.attempts.map(({ number, response_status, response_body }) => [number, response_status, response_body])).toEqual([[1, 500, 'said no'], [2, 200, 'ok']]);
    expect(delivery!.attempts[0]!.request_headers).toMatchObject({ 'webhook-id': first.headers['webhook-id'] });
  });

  it('should keep the order within a conversation, and hold up no other one', async () => {
    const { id } = await makeWebhook({ events: ['message.created'] });
    const [one, other] = [await makeConversation(client), await makeConversation(client)];
    await received('message.created', 2);
    receiver.answerNext(500);
    await makeMessage(client, one.id, { body: 'first' });
    await received('message.created', 3);
    await makeMessage(client, one.id, { body: 'second' });
    await makeMessage(client, other.id, { body: 'elsewhere' });
    await received('message.created', 6);
    const bodies = receiver.received.slice(2).map(({ body }) => (JSON.parse(body) as { data: { body: string } }).data.body);
    expect(bodies).toEqual(['first', 'elsewhere', 'first', 'second']);
    await eventually(async () => expect((await deliveriesOf(id)).every(({ status }) => status === 'succeeded')).toBe(true));
  });

  it('should not wait for anything when throughput is asked for', async () => {
    await makeWebhook({ events: ['message.created'], ordering: 'none' });
    receiver.answerNext(500);
    const conversation = await makeConversation(client);
    await received('message.created', 1);
    await makeMessage(client, conversation.id, { body: 'second' });
    await eventually(() => expect(receiver.received).toHaveLength(2), { timeoutMs: 3_000 });
  });

  it('should switch a webhook off whose endpoint is gone', async () => {
    const { id } = await makeWebhook({ events: ['team.*'] });
    receiver.answerAlways(410);
    await makeTeam(client);
    await eventually(async () => expect(dataOf(await client.get<One<WebhookOnWire>>(`/v1/webhooks/${id}`))).toMatchObject({ enabled: false, disabled_reason: 'gone' }));
    expect((await eventsOf(client)).filter(({ type }) => type === 'webhook.disabled')).toMatchObject([{ subject_id: id, data: { reason: 'gone', url: receiver.url } }]);
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'failed', attempts: [{ response_status: 410 }] }]);
    receiver.answerAlways(200);
    const on = dataOf(await client.patch<One<WebhookOnWire>>(`/v1/webhooks/${id}`, { enabled: true }));
    expect(on).toMatchObject({ enabled: true, disabled_reason: null });
    await makeTeam(client);
    await received('team.created', 2);
  });

  it('should not follow a redirect', async () => {
    const { id } = await makeWebhook();
    receiver.answerAlways((response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end());
    const tested = dataOf(await client.post<One<DeliveryOnWire>>(`/v1/webhooks/${id}/test`));
    expect(tested).toMatchObject({ status: 'failed', attempts: [{ response_status: 302, error: null }] });
    expect(receiver.received).toHaveLength(1);
  });

  it('should test a webhook and say what came of it', async () => {
    const { id, secret } = await makeWebhook({ events: ['team.created'], enabled: false });
    const tested = dataOf(await client.post<One<DeliveryOnWire>>(`/v1/webhooks/${id}/test`));
    expect(tested).toMatchObject({ event_type: 'webhook.test', status: 'succeeded', attempts: [{ number: 1, response_status: 200, response_body: 'ok' }] });
    const { body, headers } = receiver.received[0]!;
    expect(new Webhook(secret).verify(body, { ...headers })).toMatchObject({ type: 'webhook.test', workspace_id: workspace.id, data: { id } });
  });

  it('should sign with both secrets after a rotation', async () => {
    const { id, secret } = await makeWebhook({ events: ['team.created'] });
    const rotated = dataOf(await client.post<One<WebhookOnWire>>(`/v1/webhooks/${id}/rotate-secret`, {}));
    expect(rotated.secret).not.toBe(secret);
    await makeTeam(client);
    await received('team.created');
    const { body, headers } = receiver.received[0]!;
    for (const known of [secret, rotated.secret]) new Webhook(known).verify(body, { ...headers });
  });

  it('should take a secret of the caller, and not one that is too short', async () => {
    const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
    expect(await makeWebhook({ secret })).toMatchObject({ secret });
    expect(refusalOf(await client.post('/v1/webhooks', { url: receiver.url, events: ['*'], secret: 'whsec_c2hvcnQ=' }))).toMatchObject({ status: 400, details: { secret: [expect.stringContaining('24 to 64')] } });
  });

  it('should not show the secret again', async () => {
    const { id } = await makeWebhook();
    expect(dataOf(await client.get<One<object>>(`/v1/webhooks/${id}`))).not.toHaveProperty('secret');
  });

  it('should deliver once more with the same id and bytes', async () => {
    const { id } = await makeWebhook({ events: ['team.created'] });
    await makeTeam(client);
    const [delivery] = await eventually(async () => {
      const deliveries = await deliveriesOf(id, { status: 'succeeded' });
      return deliveries.length === 1 ? deliveries : null;
    });
    expect(await client.post(`/v1/webhooks/${id}/deliveries/${delivery!.id}/redeliver`)).toMatchObject({ status: 202 });
    await received('team.created', 2);
    const [first, second] = receiver.received;
    expect([second!.body, second!.headers['webhook-id']]).toEqual([first!.body, first!.headers['webhook-id']]);
  });

  it('should replay everything since an event, with the ids it was or would have been sent under', async () => {
    await makeTeam(client);
    const { id } = await makeWebhook({ events: ['team.created'] });
    const before = (await eventsOf(client)).at(-1)!;
    await makeTeam(client);
    await received('team.created');
    await client.patch(`/v1/webhooks/${id}`, { enabled: false });
    await makeTeam(client);
    const log = await eventsOf(client, before.id);
    await client.patch(`/v1/webhooks/${id}`, { enabled: true });
    expect(await client.post(`/v1/webhooks/${id}/replay`, { after: before.id })).toMatchObject({ status: 202 });
    await received('team.created', 3);
    const ids = receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    const [first, second] = log.filter(({ type }) => type === 'team.created');
    expect(ids.slice(1).sort()).toEqual([first!.id, second!.id].sort());
    const again = receiver.received.filter(({ body }) => body === receiver.received[0]!.body);
    expect(new Set(again.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(again).toHaveLength(2);
  });

  it.each([
    ['a private address', { url: 'http://10.0.0.1/hooks' }, 'url'],
    ['the metadata service', { url: 'http://169.254.169.254/latest' }, 'url'],
    ['an address in disguise', { url: 'http://[::ffff:10.0.0.1]/' }, 'url'],
    ['a URL with a password', { url: 'https://user:secret@example.com/' }, 'url'],
    ['another scheme', { url: 'ftp://example.com/' }, 'url'],
    ['an event that there is not', { events: ['conversation.creatd'] }, 'events'],
    ['no events', { events: [] }, 'events'],
    ['a filter on a field that there is not', { filter: { field: 'typ', operator: 'equals', value: 'x' } }, 'filter.field'],
  ])('should refuse %s', async (_what, fields, field) => {
    const refusal = refusalOf(await client.post('/v1/webhooks', { url: receiver.url, events: ['*'], ...fields }));
    expect(refusal).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(Object.keys(refusal.details as object)).toContain(field);
  });

  it('should say which event was probably meant', async () => {
    const { details } = refusalOf(await client.post('/v1/webhooks', { url: receiver.url, events: ['conversation.creatd'] }));
    expect((details as { events: string[] }).events[0]).toContain('conversation.created');
  });

  it('should refuse a change that was made on an older version', async () => {
    const { id, version } = await makeWebhook();
    await client.patch(`/v1/webhooks/${id}`, { description: 'one' });
    expect(refusalOf(await client.patch(`/v1/webhooks/${id}`, { description: 'two' }, { 'if-match': `"${version}"` }))).toMatchObject({ status: 412 });
  });

  it('should forget a webhook that is deleted, with its deliveries', async () => {
    const { id } = await makeWebhook();
    expect(await client.delete(`/v1/webhooks/${id}`)).toMatchObject({ status: 204 });
    expect(refusalOf(await client.get(`/v1/webhooks/${id}/deliveries`))).toMatchObject({ status: 404 });
  });

  describe('of another workspace', () => {
    let id: string;
    let delivery: string;
    let stranger: Client;

    beforeEach(async () => {
      ({ id } = await makeWebhook());
      delivery = dataOf(await client.post<One<DeliveryOnWire>>(`/v1/webhooks/${id}/test`)).id;
      stranger = (await register()).client;
    });

    it('should not be told of what happens here', async () => {
      await makeTeam(stranger);
      await makeTeam(client);
      await received('team.created');
      expect(receiver.ofType('team.created')).toHaveLength(1);
      expect(JSON.parse(receiver.ofType('team.created')[0]!.body)).toMatchObject({ workspace_id: workspace.id });
    });

    it('should not list webhooks of another workspace', async () => {
      expect((await stranger.get<{ data: object[] }>('/v1/webhooks')).body.data).toEqual([]);
    });

    it.each<[verb: string, method: string, path: (id: string, delivery: string) => string, sent: { body?: object }]>([
      ['show', 'GET', (id) => `/v1/webhooks/${id}`, {}],
      ['change', 'PATCH', (id) => `/v1/webhooks/${id}`, { body: { description: 'mine' } }],
      ['delete', 'DELETE', (id) => `/v1/webhooks/${id}`, {}],
      ['test', 'POST', (id) => `/v1/webhooks/${id}/test`, {}],
      ['rotate the secret of', 'POST', (id) => `/v1/webhooks/${id}/rotate-secret`, { body: {} }],
      ['list deliveries of', 'GET', (id) => `/v1/webhooks/${id}/deliveries`, {}],
      ['show a delivery of', 'GET', (id, delivery) => `/v1/webhooks/${id}/deliveries/${delivery}`, {}],
      ['redeliver for', 'POST', (id, delivery) => `/v1/webhooks/${id}/deliveries/${delivery}/redeliver`, {}],
      ['replay for', 'POST', (id) => `/v1/webhooks/${id}/replay`, { body: { after: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c' } }],
    ])('should not %s a webhook of another workspace', async (_verb, method, path, sent) => {
      expect(refusalOf(await stranger.send(method, path(id, delivery), sent))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    });
  });
});
