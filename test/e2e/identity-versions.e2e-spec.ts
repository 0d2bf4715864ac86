import { randomUUID } from 'node:crypto';
import { dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import type { One } from '../support/wire.js';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await register();
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
  'should be deleted at the version that the caller has seen, and stay at another: %s',
  async (path, fields, change) => {
    const { client } = workspace;
    const { id, version } = dataOf(await client.post<One<Versioned>>(path, fields()));
    const changed = dataOf(await client.patch<One<Versioned>>(`${path}/${id}`, change));
    const stale = await client.send('DELETE', `${path}/${id}`, { headers: { 'if-match': `"${version}"` } });
    expect(refusalOf(stale)).toMatchObject({ status: 412, details: { current: { id, version: changed.version } } });
    expect(dataOf(await client.get<One<Versioned>>(`${path}/${id}`)).version).toBe(changed.version);
    expect(
      (await client.send('DELETE', `${path}/${id}`, { headers: { 'if-match': `"${changed.version}"` } })).status,
    ).toBe(204);
    expect((await client.get(`${path}/${id}`)).status).toBe(404);
  },
);
