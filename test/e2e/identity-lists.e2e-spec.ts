import { randomUUID } from 'node:crypto';
import { makeContact } from '../factories/contact.js';
import { importContacts } from '../factories/contact-import.js';
import { makeInbox } from '../factories/inbox.js';
import { dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import type { Contact, Many, One } from '../support/wire.js';

interface Listed {
  readonly id: string;
}

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function listed(
  path: string,
  query: Record<string, string | number | boolean> = {},
  { client } = workspace,
): Promise<string[]> {
  return (await client.get<Many<Listed>>(path, query)).body.data.map(({ id }) => id);
}

async function made(path: string, body: object): Promise<string> {
  return dataOf(await workspace.client.post<One<Listed>>(path, body)).id;
}

describe('lists', () => {
  const of = (path: string) => async () =>
    (await makeContact(workspace.client)).id.replace(/^/, `/v1/contacts/`).concat(path);
  const lists: [name: string, prepare: () => Promise<[path: string, id: string]>, changes: boolean][] = [
    ['contacts', async () => ['/v1/contacts', (await makeContact(workspace.client)).id], true],
    ['companies', async () => ['/v1/companies', await made('/v1/companies', { name: 'Acme' })], true],
    [
      'contacts of a company',
      async () => {
        const company = await made('/v1/companies', { name: 'Acme' });
        return [`/v1/companies/${company}/contacts`, (await makeContact(workspace.client, { company_id: company })).id];
      },
      true,
    ],
    [
      'segments',
      async () => ['/v1/segments', await made('/v1/segments', { name: randomUUID(), filter: { all: [] } })],
      true,
    ],
    [
      'contacts of a segment',
      async () => {
        const { id } = await makeContact(workspace.client);
        return [
          `/v1/segments/${await made('/v1/segments', { name: randomUUID(), filter: { field: 'id', operator: 'equals', value: id } })}/contacts`,
          id,
        ];
      },
      true,
    ],
    [
      'attribute definitions',
      async () => [
        '/v1/attribute-definitions',
        await made('/v1/attribute-definitions', {
          applies_to: 'contact',
          key: `k${randomUUID()}`,
          label: 'x',
          type: 'text',
        }),
      ],
      true,
    ],
    [
      'notes',
      async () => {
        const path = await of('/notes')();
        return [path, await made(path, { body: 'Hello' })];
      },
      true,
    ],
    [
      'blocks',
      async () => [
        '/v1/blocked-visitors',
        await made('/v1/blocked-visitors', { email: `${randomUUID()}@example.com` }),
      ],
      false,
    ],
    [
      'identities',
      async () => {
        const path = await of('/identities')();
        return [path, await made(path, { inbox_id: (await makeInbox(workspace.client)).id, source_id: randomUUID() })];
      },
      false,
    ],
    [
      'merges',
      async () => {
        const [target, source] = [await makeContact(workspace.client), await makeContact(workspace.client)];
        return [
          `/v1/contacts/${target.id}/merges`,
          await made(`/v1/contacts/${target.id}/merge`, { contact_ids: [source.id] }),
        ];
      },
      false,
    ],
    [
      'imports',
      async () => ['/v1/contacts/imports', (await importContacts(workspace.client, 'email\na@example.com\n')).id],
      false,
    ],
    ['exports', async () => ['/v1/contacts/exports', await made('/v1/contacts/exports', { format: 'csv' })], false],
  ];

  it.each(lists)('should be narrowed to a time: %s', async (_name, prepare, changes) => {
    const [path, id] = await prepare();
    const [past, future] = ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z'];
    for (const what of changes ? ['created', 'updated'] : ['created']) {
      expect(await listed(path, { [`${what}_after`]: past, [`${what}_before`]: future })).toContain(id);
      expect(await listed(path, { [`${what}_after`]: future })).toEqual([]);
      expect(await listed(path, { [`${what}_before`]: past })).toEqual([]);
    }
    expect(refusalOf(await workspace.client.get(path, { created_after: 'yesterday' })).details).toHaveProperty(
      'created_after',
    );
  });
});

describe('deleted contacts', () => {
  it('should be listed apart from the others until they are brought back', async () => {
    const mark = randomUUID();
    const [kept, gone] = [
      await makeContact(workspace.client, { name: `Kept ${mark}` }),
      await makeContact(workspace.client, { name: `Göne ${mark}`, phone: '+14155550199', tags: [mark] }),
    ];
    await workspace.client.delete(`/v1/contacts/${gone.id}`);
    const found = (
      await workspace.client.get<Many<Contact & { deleted_at: string | null }>>('/v1/contacts', {
        deleted: true,
        q: `gone ${mark}`,
      })
    ).body.data;
    expect(found).toMatchObject([{ id: gone.id, email: gone.email, deleted_at: expect.any(String) as string }]);
    for (const query of [
      { email: gone.email!.toUpperCase() },
      { phone: '+1 415 555 0199' },
      { tag: mark },
      {},
    ] as Record<string, string>[])
      expect(await listed('/v1/contacts', { deleted: true, ...query })).toContain(gone.id);
    for (const deleted of [false, undefined])
      expect(await listed('/v1/contacts', { q: mark, ...(deleted !== undefined && { deleted }) })).toEqual([kept.id]);
    expect(await listed('/v1/contacts', { deleted: true }, other)).toEqual([]);
    await workspace.client.post(`/v1/contacts/${gone.id}/restore`);
    expect(await listed('/v1/contacts', { deleted: true })).not.toContain(gone.id);
  });

  it('should not be those who were merged or erased', async () => {
    const [target, source, erased] = [
      await makeContact(workspace.client),
      await makeContact(workspace.client),
      await makeContact(workspace.client),
    ];
    await workspace.client.post(`/v1/contacts/${target.id}/merge`, { contact_ids: [source.id] });
    await workspace.client.post(`/v1/contacts/${erased.id}/erase`, { confirm: erased.id });
    const found = await listed('/v1/contacts', { deleted: true, limit: 100 });
    for (const { id } of [target, source, erased]) expect(found).not.toContain(id);
  });
});

describe('contacts of several companies and segments', () => {
  it('should be listed together, and those of none', async () => {
    const { client } = await register();
    const [one, two] = (await Promise.all(
      ['One', 'Two'].map(async (name) => dataOf(await client.post<One<Listed>>('/v1/companies', { name })).id),
    )) as [string, string];
    const [first, second, third] = [
      await makeContact(client, { company_id: one }),
      await makeContact(client, { company_id: two }),
      await makeContact(client, { tags: ['vip'] }),
    ].map(({ id }) => id) as [string, string, string];
    const found = async (query: Record<string, string>) =>
      (await client.get<Many<Contact>>('/v1/contacts', { ...query, order_dir: 'asc' })).body.data.map(({ id }) => id);
    expect(await found({ company_id: one })).toEqual([first]);
    expect(await found({ company_id: `${one.toUpperCase()},${two}` })).toEqual([first, second]);
    expect(await found({ company_id: 'none' })).toEqual([third]);
    expect(await found({ company_id: `none,${two}` })).toEqual([second, third]);
    const segment = async (filter: object) =>
      dataOf(await client.post<One<Listed>>('/v1/segments', { name: randomUUID(), filter })).id;
    const [ofFirst, vip] = [
      await segment({ field: 'company_id', operator: 'equals', value: one }),
      await segment({ field: 'tags', operator: 'contains', value: 'vip' }),
    ];
    expect(await found({ segment: `${ofFirst},${vip}` })).toEqual([first, third]);
    expect(await found({ segment: `${ofFirst},${randomUUID()}` })).toEqual([first]);
    expect(await found({ segment: randomUUID() })).toEqual([]);
    expect(refusalOf(await client.get('/v1/contacts', { company_id: 'acme' })).details).toHaveProperty('company_id');
    expect(refusalOf(await client.get('/v1/contacts', { segment: 'none' })).details).toHaveProperty('segment');
  });
});

describe('blocks', () => {
  it('should be got by their id, and found by what they block', async () => {
    const mark = randomUUID();
    const contact = await makeContact(workspace.client, { name: `Eve ${mark}` });
    const [ofContact, ofEmail, ofPhone, ofNetwork] = [
      await made('/v1/blocked-visitors', { contact_id: contact.id }),
      await made('/v1/blocked-visitors', { email: `spam-${mark}@example.com`, reason: `Spam 100% ${mark}` }),
      await made('/v1/blocked-visitors', { phone: '+14155550177' }),
      await made('/v1/blocked-visitors', { ip_address: '198.51.100.0/24' }),
    ];
    expect(dataOf(await workspace.client.get<One<{ reason: string }>>(`/v1/blocked-visitors/${ofEmail}`)).reason).toBe(
      `Spam 100% ${mark}`,
    );
    expect(refusalOf(await other.client.get(`/v1/blocked-visitors/${ofEmail}`)).status).toBe(404);
    const path = '/v1/blocked-visitors';
    expect(await listed(path, { contact_id: `${contact.id},${randomUUID()}` })).toEqual([ofContact]);
    expect(await listed(path, { email: `SPAM-${mark}@example.com` })).toEqual([ofEmail]);
    expect(await listed(path, { phone: '+1 (415) 555-0177' })).toEqual([ofPhone]);
    for (const address of ['198.51.100.7', '198.51.100.128/25', '198.51.100.0/24'])
      expect(await listed(path, { ip_address: address })).toEqual([ofNetwork]);
    for (const address of ['198.51.101.7', '198.51.0.0/16'])
      expect(await listed(path, { ip_address: address })).toEqual([]);
    expect((await listed(path, { q: mark.toUpperCase() })).sort()).toEqual([ofContact, ofEmail].sort());
    expect(await listed(path, { q: `100% ${mark}` })).toEqual([ofEmail]);
    expect(await listed(path, { q: '198.51.100' })).toEqual([ofNetwork]);
    expect(await listed(path, { q: mark }, other)).toEqual([]);
    expect(refusalOf(await workspace.client.get(path, { phone: '12' })).details).toHaveProperty('phone');
    expect(refusalOf(await workspace.client.get(path, { ip_address: 'here' })).details).toHaveProperty('ip_address');
    expect(refusalOf(await workspace.client.get(path, { contact_id: 'me' })).details).toHaveProperty('contact_id');
    await workspace.client.delete(`${path}/${ofEmail}`);
    expect(refusalOf(await workspace.client.get(`${path}/${ofEmail}`)).status).toBe(404);
  });
});

it('should find segments by their name or description, and notes by what they say', async () => {
  const mark = randomUUID();
  const [byName, byText] = [
    await made('/v1/segments', { name: `Pro ${mark}`, filter: { all: [] } }),
    await made('/v1/segments', { name: randomUUID(), description: `Who pays 5% ${mark}`, filter: { all: [] } }),
  ];
  expect((await listed('/v1/segments', { q: mark.toUpperCase() })).sort()).toEqual([byName, byText].sort());
  expect(await listed('/v1/segments', { q: `5% ${mark}` })).toEqual([byText]);
  expect(await listed('/v1/segments', { q: mark }, other)).toEqual([]);
  const path = `/v1/contacts/${(await makeContact(workspace.client)).id}/notes`;
  const [note] = [await made(path, { body: 'Prefers the Afternoon' }), await made(path, { body: 'Speaks French' })];
  expect(await listed(path, { q: 'afternoon' })).toEqual([note]);
  expect(await listed(path, { q: 'a_ternoon' })).toEqual([]);
});
