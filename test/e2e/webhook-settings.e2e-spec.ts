import { eventually } from '@parley/kernel/testing';
import { Webhook } from 'standardwebhooks';
import { createTeam } from '../factories/team.js';
import { createWebhook, type LoggedDelivery, type CreatedWebhook } from '../factories/webhook.js';
import { getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import type { ItemResponse, ListResponse } from '../support/wire.js';

const BACKOFF = { timeoutMs: 12_000 };

describe('webhook settings', () => {
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

  it('should sign with both secrets after a rotation', async () => {
    const { id, secret } = await createHook({ events: ['team.created'] });
    const rotated = getData(await client.post<ItemResponse<CreatedWebhook>>(`/v1/webhooks/${id}/rotate-secret`, {}));
    expect(rotated.secret).not.toBe(secret);
    await createTeam(client);
    await received('team.created');
    const { body, headers } = receiver.received[0]!;
    for (const existing of [secret, rotated.secret]) new Webhook(existing).verify(body, { ...headers });
  });

  it('should accept a secret of the caller and reject one that is too short', async () => {
    const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
    expect(await createHook({ secret })).toMatchObject({ secret });
    expect(
      getError(await client.post('/v1/webhooks', { url: receiver.url, events: ['*'], secret: 'whsec_c2hvcnQ=' })),
    ).toMatchObject({ status: 400, details: { secret: [expect.stringContaining('24 to 64')] } });
  });

  it.each([
    [['message.created'], 'data.autor_type', 'did you mean "data.author_type"'],
    [['message.created'], 'author_type', 'did you mean "data.author_type"'],
    [['conversation.*'], 'data.author_type', 'is not a known field'],
    [['team.created'], 'data.changed.name', 'is not a known field'],
    [['message.created'], 'data.type.x', 'is not a known field'],
    [['*'], 'data.session_id', 'is not a known field'],
  ])('should reject a filter of %j with %s', async (events, field, message) => {
    const filter = { any: [{ field, operator: 'is_present' }] };
    expect(getError(await client.post('/v1/webhooks', { url: receiver.url, events, filter }))).toMatchObject({
      status: 400,
      details: { 'filter.any[0].field': [expect.stringContaining(message)] },
    });
  });

  it('should accept the fields of the events, and compare a changed filter with the stored events', async () => {
    const fields = ['data.contact_id', 'data.changed.custom_fields.plan', 'data.split_from', 'data.reader'];
    const filter = { any: fields.map((field) => ({ field, operator: 'is_present' })) };
    const { id } = await createHook({ events: ['conversation.*'], filter });
    await createHook({ events: ['*'], filter });
    const other = { field: 'data.name', operator: 'equals', value: 'x' };
    expect(getError(await client.patch(`/v1/webhooks/${id}`, { filter: other })).status).toBe(400);
    const { status } = await client.patch(`/v1/webhooks/${id}`, { filter: other, events: ['team.created'] });
    expect(status).toBe(200);
    const updated = await client.patch<ItemResponse<CreatedWebhook & { problems: readonly object[] }>>(
      `/v1/webhooks/${id}`,
      { events: ['message.created'] },
    );
    expect(getData(updated).problems).toMatchObject([{ path: 'filter.field', code: 'unknown_field' }]);
  });

  it('should reject a filter with the ID of a deleted team or one of another workspace', async () => {
    const [team, foreign] = [await createTeam(client), await createTeam((await registerWorkspace()).client)];
    const filter = (...value: string[]) => ({ field: 'data.team_id', operator: 'in', value });
    expect((await createHook({ events: ['*'], filter: filter(team.id) })).id).toBeDefined();
    await client.delete(`/v1/teams/${team.id}`);
    const webhook = { url: receiver.url, events: ['*'], filter: filter(team.id, foreign.id) };
    expect(getError(await client.post('/v1/webhooks', webhook))).toMatchObject({
      status: 400,
      details: {
        'filter.value[0]': [expect.stringContaining('is not the ID of a team')],
        'filter.value[1]': [expect.stringContaining('is not the ID of a team')],
      },
    });
  });

  it('should not return the secret again', async () => {
    const { id } = await createHook();
    expect(getData(await client.get<ItemResponse<object>>(`/v1/webhooks/${id}`))).not.toHaveProperty('secret');
  });

  it.each([
    ['a private address', { url: 'http://10.0.0.1/hooks' }, 'url'],
    ['the metadata service', { url: 'http://169.254.169.254/latest' }, 'url'],
    ['an IPv4-mapped private address', { url: 'http://[::ffff:10.0.0.1]/' }, 'url'],
    ['a URL with a password', { url: 'https://user:secret@example.com/' }, 'url'],
    ['another scheme', { url: 'ftp://example.com/' }, 'url'],
    ['an unknown event type', { events: ['conversation.creatd'] }, 'events'],
    ['no events', { events: [] }, 'events'],
    ['a filter on an unknown field', { filter: { field: 'typ', operator: 'equals', value: 'x' } }, 'filter.field'],
  ])('should be rejected with %s', async (_what, fields, field) => {
    const rejection = getError(await client.post('/v1/webhooks', { url: receiver.url, events: ['*'], ...fields }));
    expect(rejection).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(Object.keys(rejection.details as object)).toContain(field);
  });

  it('should suggest a similar event type when the type is unknown', async () => {
    const { details } = getError(
      await client.post('/v1/webhooks', { url: receiver.url, events: ['conversation.creatd'] }),
    );
    expect((details as { events: string[] }).events[0]).toContain('conversation.created');
  });

  it('should be rejected when the version is outdated', async () => {
    const { id, version } = await createHook();
    await client.patch(`/v1/webhooks/${id}`, { description: 'one' });
    expect(
      getError(await client.patch(`/v1/webhooks/${id}`, { description: 'two' }, { 'if-match': `"${version}"` })),
    ).toMatchObject({ status: 412 });
  });

  it('should be deleted together with the deliveries', async () => {
    const { id } = await createHook();
    expect(await client.delete(`/v1/webhooks/${id}`)).toMatchObject({ status: 204 });
    expect(getError(await client.get(`/v1/webhooks/${id}/deliveries`))).toMatchObject({ status: 404 });
  });

  describe('of another workspace', () => {
    let id: string;
    let delivery: string;
    let outsider: Client;

    beforeEach(async () => {
      ({ id } = await createHook());
      delivery = getData(await client.post<ItemResponse<LoggedDelivery>>(`/v1/webhooks/${id}/test`)).id;
      outsider = (await registerWorkspace()).client;
    });

    it('should not receive events of this workspace', async () => {
      await createTeam(outsider);
      await createTeam(client);
      await received('team.created');
      expect(receiver.ofType('team.created')).toHaveLength(1);
      expect(JSON.parse(receiver.ofType('team.created')[0]!.body)).toMatchObject({ workspace_id: workspace.id });
    });

    it('should not be listed in another workspace', async () => {
      expect((await outsider.get<{ data: object[] }>('/v1/webhooks')).body.data).toEqual([]);
    });

    it.each<[verb: string, method: string, path: (id: string, delivery: string) => string, sent: { body?: object }]>([
      ['show', 'GET', (id) => `/v1/webhooks/${id}`, {}],
      ['update', 'PATCH', (id) => `/v1/webhooks/${id}`, { body: { description: 'mine' } }],
      ['delete', 'DELETE', (id) => `/v1/webhooks/${id}`, {}],
      ['test', 'POST', (id) => `/v1/webhooks/${id}/test`, {}],
      ['rotate the secret of', 'POST', (id) => `/v1/webhooks/${id}/rotate-secret`, { body: {} }],
      ['list deliveries of', 'GET', (id) => `/v1/webhooks/${id}/deliveries`, {}],
      ['get a delivery of', 'GET', (id, delivery) => `/v1/webhooks/${id}/deliveries/${delivery}`, {}],
      ['redeliver a delivery of', 'POST', (id, delivery) => `/v1/webhooks/${id}/deliveries/${delivery}/redeliver`, {}],
      [
        'start a replay for',
        'POST',
        (id) => `/v1/webhooks/${id}/replay`,
        { body: { after: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c' } },
      ],
    ])('should not %s a webhook of another workspace', async (_verb, method, path, sent) => {
      expect(getError(await outsider.send(method, path(id, delivery), sent))).toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
      });
    });
  });

  it('should log the creation, the changed fields and the deletion of a webhook', async () => {
    const { id } = await createHook({ events: ['team.created'] });
    await client.patch(`/v1/webhooks/${id}`, { description: 'Teams', enabled: false });
    await client.patch(`/v1/webhooks/${id}`, { description: 'Teams' });
    await client.delete(`/v1/webhooks/${id}`);
    const { data } = (
      await client.get<ListResponse<{ type: string; data: object }>>('/v1/events', { types: 'webhook.*' })
    ).body;
    expect(data.map(({ type, data: fields }) => ({ type, data: fields }))).toEqual([
      { type: 'webhook.created', data: { url: new URL(receiver.url).origin } },
      {
        type: 'webhook.updated',
        data: { url: new URL(receiver.url).origin, changed: { description: [null, 'Teams'], enabled: [true, false] } },
      },
      { type: 'webhook.deleted', data: { url: new URL(receiver.url).origin } },
    ]);
  });

  it('should not send a webhook the events about itself', async () => {
    const { id } = await createHook({ events: ['*'] });
    const other = await createHook({ events: ['team.created'] });
    await client.patch(`/v1/webhooks/${id}`, { description: 'Everything' });
    await client.patch(`/v1/webhooks/${other.id}`, { description: 'Teams' });
    await createTeam(client);
    await received('team.created', 2);
    expect(receiver.ofType('webhook.updated').map(({ body }) => JSON.parse(body).data.id)).toEqual([other.id]);
  });
});
