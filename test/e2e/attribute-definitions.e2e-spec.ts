import { randomUUID } from 'node:crypto';
import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type ApiResponse, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, ItemResponse } from '../support/wire.js';

interface Definition {
  readonly id: string;
  readonly key: string;
  readonly options: readonly string[];
  readonly version: number;
}

let workspace: Workspace;
let other: Workspace;

beforeEach(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function define(fields: object): Promise<Definition> {
  return getData(
    await workspace.client.post<ItemResponse<Definition>>('/v1/attribute-definitions', {
      applies_to: 'contact',
      key: 'plan',
      label: 'Plan',
      type: 'list',
      options: ['free', 'pro'],
      ...fields,
    }),
  );
}

function getFieldErrors(response: ApiResponse<unknown>): string[] {
  const rejection = getError(response);
  expect(rejection.status).toBe(400);
  return Object.keys(rejection.details);
}

describe('attribute definitions', () => {
  it('should be created, updated, listed and deleted, with events', async () => {
    const created = await define({});
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Definition>>(`/v1/attribute-definitions/${created.id}`, {
          options: ['free', 'pro', 'max'],
        }),
      ),
    ).toMatchObject({ options: ['free', 'pro', 'max'], version: 2 });
    await define({ applies_to: 'conversation' });
    const list = async (query: Record<string, string>) =>
      (await workspace.client.get<ListResponse<Definition>>('/v1/attribute-definitions', query)).body.data.map(
        ({ id }) => id,
      );
    expect(await list({ applies_to: 'contact,company' })).toEqual([created.id]);
    expect((await list({})).length).toBe(2);
    expect((await workspace.client.delete(`/v1/attribute-definitions/${created.id}`)).status).toBe(204);
    expect(getError(await workspace.client.get(`/v1/attribute-definitions/${created.id}`)).status).toBe(404);
    const emitted = (await listEvents(workspace.client))
      .filter(({ subject_id }) => subject_id === created.id)
      .map(({ type }) => type);
    expect(emitted).toEqual([
      'attribute_definition.created',
      'attribute_definition.updated',
      'attribute_definition.deleted',
    ]);
  });

  it('should be rejected when the key is already defined or the definition is invalid', async () => {
    await define({});
    const call = (fields: object) =>
      workspace.client.post('/v1/attribute-definitions', {
        applies_to: 'contact',
        key: 'plan',
        label: 'Plan',
        type: 'text',
        ...fields,
      });
    expect(getError(await call({})).status).toBe(409);
    expect(getFieldErrors(await call({ key: 'a', type: 'list' }))).toEqual(['options']);
    expect(getFieldErrors(await call({ key: 'a', regex: '(' }))).toEqual(['regex']);
    expect(getFieldErrors(await call({ key: '1a' }))).toEqual(['key']);
    expect((await call({ applies_to: 'company' })).status).toBe(201);
  });

  it('should not be visible or effective in another workspace', async () => {
    const { id } = await define({});
    expect(getError(await other.client.get(`/v1/attribute-definitions/${id}`)).status).toBe(404);
    expect((await createContact(other.client, { custom_fields: { plan: 'whatever' } })).custom_fields).toEqual({
      plan: 'whatever',
    });
  });
});

describe('values of defined custom fields', () => {
  it('should be rejected with the wrong type on contacts, companies and conversations', async () => {
    const { id } = await createContact(workspace.client, { custom_fields: { plan: 'whatever' } });
    const conversation = await createConversation(workspace.client);
    for (const subject of ['contact', 'company', 'conversation']) await define({ applies_to: subject });
    const invalid = { custom_fields: { plan: 'gold', other: 1 } };
    const valid = { custom_fields: { plan: 'pro', other: 1 } };
    const calls: ((fields: object) => Promise<ApiResponse<unknown>>)[] = [
      (fields) => workspace.client.post('/v1/contacts', fields),
      (fields) => workspace.client.patch(`/v1/contacts/${id}`, fields),
      (fields) => workspace.client.post('/v1/companies', { name: 'Acme', ...fields }),
      (fields) =>
        workspace.client.post('/v1/conversations', { contact: { email: `a-${randomUUID()}@example.com` }, ...fields }),
      (fields) => workspace.client.patch(`/v1/conversations/${conversation.id}`, fields),
    ];
    for (const call of calls) {
      expect(getFieldErrors(await call(invalid))).toEqual(['custom_fields.plan']);
      expect((await call(valid)).status).toBeLessThan(300);
    }
    const bulk = getData(
      await workspace.client.post<ItemResponse<{ results: { status: string }[] }>>('/v1/contacts/bulk', {
        ids: [id],
        update: invalid,
      }),
    );
    expect(bulk.results[0]!.status).toBe('failed');
  });

  it('should accept any value after the definition is deleted', async () => {
    const { id } = await define({});
    const created = await createContact(workspace.client, { custom_fields: { plan: 'pro' } });
    await workspace.client.delete(`/v1/attribute-definitions/${id}`);
    expect((await workspace.client.patch(`/v1/contacts/${created.id}`, { custom_fields: { plan: 5 } })).status).toBe(
      200,
    );
  });

  it('should be rejected without a definition when strict_attributes is set', async () => {
    await define({});
    expect((await workspace.client.post('/v1/contacts', { custom_fields: { other: 1 } })).status).toBe(201);
    await workspace.client.patch(`/v1/organizations/${workspace.id}`, { settings: { strict_attributes: true } });
    expect(
      getFieldErrors(await workspace.client.post('/v1/contacts', { custom_fields: { plan: 'pro', other: 1 } })),
    ).toEqual(['custom_fields.other']);
  });
});

it('should reject keys with the prefix of filters in every write, and name the key', async () => {
  const { client } = workspace;
  const contact = await createContact(client, {});
  const conversation = await createConversation(client, {});
  const custom_fields = { 'custom_fields.plan': 'pro' };
  const responses = {
    'POST contacts': await client.post('/v1/contacts', { name: 'Jane', custom_fields }),
    'PATCH contacts': await client.patch(`/v1/contacts/${contact.id}`, { custom_fields }),
    'POST companies': await client.post('/v1/companies', { name: 'Acme', custom_fields }),
    'POST conversations': await client.post('/v1/conversations', { contact_id: contact.id, custom_fields }),
    'PATCH conversations': await client.patch(`/v1/conversations/${conversation.id}`, { custom_fields }),
    'POST contacts/bulk': await client.post('/v1/contacts/bulk', { ids: [contact.id], update: { custom_fields } }),
  };
  for (const [name, response] of Object.entries(responses)) {
    expect([name, response.status]).toEqual([name, 400]);
    const { details } = getError(response);
    expect([name, Object.values(details as object).flat()]).toEqual([name, [expect.stringContaining('use "plan"')]]);
  }
  const prefixed = await client.patch(`/v1/contacts/${contact.id}`, {
    custom_fields: { 'contact.custom_fields.x': 1 },
  });
  expect(getFieldErrors(prefixed)).toHaveLength(1);
  const removal = await client.patch(`/v1/contacts/${contact.id}`, { custom_fields: { 'custom_fields.plan': null } });
  expect(removal.status).toBe(200);
});
