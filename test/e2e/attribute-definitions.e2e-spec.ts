import { randomUUID } from 'node:crypto';
import { makeContact } from '../factories/contact.js';
import { makeConversation } from '../factories/conversation.js';
import { dataOf, refusalOf, register, type Answer, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Many, One } from '../support/wire.js';

interface Definition {
  readonly id: string;
  readonly key: string;
  readonly options: readonly string[];
  readonly version: number;
}

let workspace: Workspace;
let other: Workspace;

beforeEach(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function define(fields: object): Promise<Definition> {
  return dataOf(
    await workspace.client.post<One<Definition>>('/v1/attribute-definitions', {
      applies_to: 'contact',
      key: 'plan',
      label: 'Plan',
      type: 'list',
      options: ['free', 'pro'],
      ...fields,
    }),
  );
}

function faultsOf(answer: Answer<unknown>): string[] {
  const refusal = refusalOf(answer);
  expect(refusal.status).toBe(400);
  return Object.keys(refusal.details);
}

describe('defined fields', () => {
  it('should be made, changed, listed and deleted, and told of', async () => {
    const made = await define({});
    expect(
      dataOf(
        await workspace.client.patch<One<Definition>>(`/v1/attribute-definitions/${made.id}`, {
          options: ['free', 'pro', 'max'],
        }),
      ),
    ).toMatchObject({ options: ['free', 'pro', 'max'], version: 2 });
    await define({ applies_to: 'ticket' });
    const list = async (query: Record<string, string>) =>
      (await workspace.client.get<Many<Definition>>('/v1/attribute-definitions', query)).body.data.map(({ id }) => id);
    expect(await list({ applies_to: 'contact,company' })).toEqual([made.id]);
    expect((await list({})).length).toBe(2);
    expect((await workspace.client.delete(`/v1/attribute-definitions/${made.id}`)).status).toBe(204);
    expect(refusalOf(await workspace.client.get(`/v1/attribute-definitions/${made.id}`)).status).toBe(404);
    const told = (await eventsOf(workspace.client))
      .filter(({ subject_id }) => subject_id === made.id)
      .map(({ type }) => type);
    expect(told).toEqual([
      'attribute_definition.created',
      'attribute_definition.updated',
      'attribute_definition.deleted',
    ]);
  });

  it('should be defined once, and soundly', async () => {
    await define({});
    const call = (fields: object) =>
      workspace.client.post('/v1/attribute-definitions', {
        applies_to: 'contact',
        key: 'plan',
        label: 'Plan',
        type: 'text',
        ...fields,
      });
    expect(refusalOf(await call({})).status).toBe(409);
    expect(faultsOf(await call({ key: 'a', type: 'list' }))).toEqual(['options']);
    expect(faultsOf(await call({ key: 'a', regex: '(' }))).toEqual(['regex']);
    expect(faultsOf(await call({ key: '1a' }))).toEqual(['key']);
    expect((await call({ applies_to: 'company' })).status).toBe(201);
  });

  it('should not be shown of another workspace, nor hold there', async () => {
    const { id } = await define({});
    expect(refusalOf(await other.client.get(`/v1/attribute-definitions/${id}`)).status).toBe(404);
    expect((await makeContact(other.client, { custom_fields: { plan: 'whatever' } })).custom_fields).toEqual({
      plan: 'whatever',
    });
  });
});

describe('values of defined fields', () => {
  it('should be of their type on contacts, companies and conversations', async () => {
    const { id } = await makeContact(workspace.client, { custom_fields: { plan: 'whatever' } });
    const conversation = await makeConversation(workspace.client);
    for (const subject of ['contact', 'company', 'conversation']) await define({ applies_to: subject });
    const wrong = { custom_fields: { plan: 'gold', other: 1 } };
    const right = { custom_fields: { plan: 'pro', other: 1 } };
    const calls: ((fields: object) => Promise<Answer<unknown>>)[] = [
      (fields) => workspace.client.post('/v1/contacts', fields),
      (fields) => workspace.client.patch(`/v1/contacts/${id}`, fields),
      (fields) => workspace.client.post('/v1/companies', { name: 'Acme', ...fields }),
      (fields) =>
        workspace.client.post('/v1/conversations', { contact: { email: `a-${randomUUID()}@example.com` }, ...fields }),
      (fields) => workspace.client.patch(`/v1/conversations/${conversation.id}`, fields),
    ];
    for (const call of calls) {
      expect(faultsOf(await call(wrong))).toEqual(['custom_fields.plan']);
      expect((await call(right)).status).toBeLessThan(300);
    }
    const bulk = dataOf(
      await workspace.client.post<One<{ results: { status: string }[] }>>('/v1/contacts/bulk', {
        ids: [id],
        update: wrong,
      }),
    );
    expect(bulk.results[0]!.status).toBe('failed');
  });

  it('should be free again when the definition is deleted', async () => {
    const { id } = await define({});
    const made = await makeContact(workspace.client, { custom_fields: { plan: 'pro' } });
    await workspace.client.delete(`/v1/attribute-definitions/${id}`);
    expect((await workspace.client.patch(`/v1/contacts/${made.id}`, { custom_fields: { plan: 5 } })).status).toBe(200);
  });

  it('should be of defined fields alone where the workspace wants it so', async () => {
    await define({});
    expect((await workspace.client.post('/v1/contacts', { custom_fields: { other: 1 } })).status).toBe(201);
    await workspace.client.patch(`/v1/organizations/${workspace.id}`, { settings: { strict_attributes: true } });
    expect(faultsOf(await workspace.client.post('/v1/contacts', { custom_fields: { plan: 'pro', other: 1 } }))).toEqual(
      ['custom_fields.other'],
    );
  });
});
