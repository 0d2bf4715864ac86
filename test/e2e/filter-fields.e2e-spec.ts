import { createApiKey, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly operators: readonly string[];
  readonly values: readonly string[] | null;
  readonly description: string;
}

interface Listing<Item> {
  readonly data: readonly Item[];
  readonly total: number;
}

interface ActionType {
  readonly type: string;
  readonly description: string;
  readonly subjects: readonly string[];
  readonly schema: { readonly required: readonly string[]; readonly properties: object };
  readonly template_parameters: readonly string[];
  readonly effects: readonly string[];
}

const STATUSES = ['open', 'pending', 'snoozed', 'resolved', 'closed'];

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await registerWorkspace();
  client = workspace.client;
});

async function list<Item>(path: string): Promise<readonly Item[]> {
  const { status, body } = await client.get<Listing<Item>>(path);
  expect(status).toBe(200);
  expect(body.total).toBe(body.data.length);
  return body.data;
}

describe('GET /v1/automations/fields', () => {
  it('should return the fields with types, operators and allowed values', async () => {
    const fields = await list<Field>('/v1/automations/fields');
    const byName = new Map(fields.map((field) => [field.name, field]));
    expect(byName.get('status')).toMatchObject({ type: 'enum', values: STATUSES });
    expect(byName.get('status')!.operators).toEqual(expect.arrayContaining(['equals', 'changed_to']));
    expect(byName.get('message.body')).toMatchObject({ type: 'text', values: null });
    expect([...byName.keys()]).toEqual(
      expect.arrayContaining(['contact.custom_fields.<key>', 'initiator', 'previous.<field>', 'changed.<field>']),
    );
    expect(fields.filter(({ description }) => description === '')).toEqual([]);
  });

  it('should be named in the error when a rule has an unknown field', async () => {
    const { details } = getError(
      await client.post('/v1/automations', {
        name: 'x',
        events: ['message.created'],
        filter: { all: [{ field: 'body', operator: 'contains', value: 'x' }] },
        actions: [{ type: 'add_tag', tags: ['x'] }],
      }),
    );
    expect(details['filter.all[0].field']).toEqual([
      'is not a known field: "body"; did you mean "message.body"? ' + 'GET /v1/automations/fields lists all fields',
    ]);
    expect(details['actions[0].type']).toEqual([expect.stringContaining('GET /v1/automations/actions')]);
  });

  it('should return 403 when the key lacks the scope automations:read', async () => {
    const key = await createApiKey(workspace, ['conversations:read']);
    for (const name of ['fields', 'actions', 'variables'])
      expect((await key.client.get(`/v1/automations/${name}`)).status).toBe(403);
    expect((await key.client.get('/v1/conversations/fields')).status).toBe(200);
  });
});

describe('GET /v1/automations/actions', () => {
  it('should return the actions with the schema of their parameters and their effects', async () => {
    const actions = await list<ActionType>('/v1/automations/actions');
    expect(actions.find(({ type }) => type === 'add_note')).toMatchObject({
      subjects: ['conversation'],
      schema: { required: ['type', 'body'], properties: { body: { type: 'string' } } },
      template_parameters: ['body'],
    });
    expect(actions.find(({ type }) => type === 'add_tags')!.effects).toEqual(['conversation.tagged']);
  });
});

describe('GET /v1/automations/variables', () => {
  it('should return variables that templates of rules accept', async () => {
    const variables = await list<{ name: string; type: string }>('/v1/automations/variables');
    expect(variables).toContainEqual(expect.objectContaining({ name: 'contact.first_name', type: 'text' }));
    const body = variables.map(({ name }) => `{{${name}}}`).join(' ');
    const rule = { name: 'x', events: ['message.created'], actions: [{ type: 'add_note', body }] };
    expect((await client.post('/v1/automations', rule)).status).toBe(201);
  });
});

describe('GET /v1/conversations/fields', () => {
  it('should return only fields and operators that saved views accept', async () => {
    const fields = await list<Field>('/v1/conversations/fields');
    const status = fields.find(({ name }) => name === 'status')!;
    expect(status).toMatchObject({ type: 'enum', values: STATUSES });
    expect(status.operators).not.toContain('changed');
    const all = fields.map(({ name }) => ({ field: name.replace('<key>', 'plan'), operator: 'is_present' }));
    expect((await client.post('/v1/saved-views', { name: 'All', filter: { all } })).status).toBe(201);
  });

  it('should be named in the error when a saved view has an unknown field', async () => {
    const filter = { all: [{ field: 'weather', operator: 'is_present' }] };
    const { details } = getError(await client.post('/v1/saved-views', { name: 'x', filter }));
    expect(details['filter.all[0].field']).toEqual([
      'is not a known field: "weather"; GET /v1/conversations/fields lists all fields',
    ]);
  });
});

describe('GET /v1/contacts/fields', () => {
  it.each(['/v1/contacts/fields', '/v1/customer-profiles/fields'])(
    'should return what segments accept at %s',
    async (path) => {
      const fields = await list<Field>(path);
      expect(fields.find(({ name }) => name === 'kind')).toMatchObject({ values: ['anonymous', 'identified'] });
      expect(fields.map(({ name }) => name)).toContain('company.custom_fields.<key>');
      const all = fields.map(({ name }) => ({ field: name.replace('<key>', 'plan'), operator: 'is_present' }));
      expect((await client.post('/v1/segments', { name: path, filter: { all } })).status).toBe(201);
    },
  );

  it('should be named in the error when a segment has an unknown field', async () => {
    const filter = { all: [{ field: 'weather', operator: 'is_present' }] };
    const { details } = getError(await client.post('/v1/segments', { name: 'x', filter }));
    expect(details['filter.all[0].field']).toEqual([
      'is not a known field: "weather"; GET /v1/contacts/fields lists all fields',
    ]);
  });
});

describe('GET /v1/webhooks/fields', () => {
  it('should return what webhooks accept', async () => {
    const fields = await list<Field>('/v1/webhooks/fields');
    const all = fields.map(({ name }) => ({ field: name.replace('<key>', 'channel'), operator: 'is_present' }));
    const webhook = { url: 'https://example.com/hook', events: ['*'], filter: { all } };
    expect((await client.post('/v1/webhooks', webhook)).status).toBe(201);
  });

  it('should be named in the error when a webhook has an unknown field', async () => {
    const filter = { field: 'actor.knd', operator: 'equals', value: 'user' };
    const webhook = { url: 'https://example.com/hook', events: ['*'], filter };
    const { details } = getError(await client.post('/v1/webhooks', webhook));
    expect(details['filter.field']).toEqual([
      'is not a known field: "actor.knd"; did you mean "actor.kind"? GET /v1/webhooks/fields lists all fields',
    ]);
  });
});
