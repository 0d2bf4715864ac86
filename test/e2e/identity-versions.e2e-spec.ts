import { randomUUID } from 'node:crypto';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import type { ItemResponse } from '../support/wire.js';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

it.each([
  ['/v1/contacts', () => ({ name: 'Ada' }), { name: 'Ada Lovelace' }],
  ['/v1/customer-profiles', () => ({ name: 'Ada' }), { name: 'Ada Lovelace' }],
  ['/v1/companies', () => ({ name: 'Acme' }), { name: 'Acme Inc' }],
  ['/v1/segments', () => ({ name: randomUUID(), filter: { all: [] } }), { description: 'Everybody' }],
  [
    '/v1/attribute-definitions',
    () => ({ applies_to: 'contact', key: `k${randomUUID()}`, label: 'Plan', type: 'text' }),
    { label: 'Tariff' },
  ],
])(
  'should be deleted with the current version in If-Match, and return 412 with an older one: %s',
  async (path, fields, change) => {
    const { client } = workspace;
    const { id, version } = getData(await client.post<ItemResponse<Versioned>>(path, fields()));
    const changed = getData(await client.patch<ItemResponse<Versioned>>(`${path}/${id}`, change));
    const stale = await client.send('DELETE', `${path}/${id}`, { headers: { 'if-match': `"${version}"` } });
    expect(getError(stale)).toMatchObject({ status: 412, details: { current: { id, version: changed.version } } });
    expect(getData(await client.get<ItemResponse<Versioned>>(`${path}/${id}`)).version).toBe(changed.version);
    expect(
      (await client.send('DELETE', `${path}/${id}`, { headers: { 'if-match': `"${changed.version}"` } })).status,
    ).toBe(204);
    expect((await client.get(`${path}/${id}`)).status).toBe(404);
  },
);
