import { randomUUID } from 'node:crypto';
import { createContact } from '../factories/contact.js';
import { importContacts } from '../factories/contact-import.js';
import { createInbox } from '../factories/inbox.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import type { Contact, ListResponse, ItemResponse } from '../support/wire.js';

interface Listed {
  readonly id: string;
}

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function listIds(
  path: string,
  query: Record<string, string | number | boolean> = {},
  { client } = workspace,
): Promise<string[]> {
  return (await client.get<ListResponse<Listed>>(path, query)).body.data.map(({ id }) => id);
}

async function createdIds(path: string, body: object): Promise<string> {
  return getData(await workspace.client.post<ItemResponse<Listed>>(path, body)).id;
}

describe('list endpoints', () => {
  const listBy = (path: string) => async () =>
    (await createContact(workspace.client)).id.replace(/^/, `/v1/contacts/`).concat(path);
  const lists: [name: string, prepare: () => Promise<[path: string, id: string]>, changes: boolean][] = [
    ['contacts', async () => ['/v1/contacts', (await createContact(workspace.client)).id], true],
    ['companies', async () => ['/v1/companies', await createdIds('/v1/companies', { name: 'Acme' })], true],
    [
      'contacts of a company',
      async () => {
        const company = await createdIds('/v1/companies', { name: 'Acme' });
        return [
          `/v1/companies/${company}/contacts`,
          (await createContact(workspace.client, { company_id: company })).id,
        ];
      },
      true,
    ],
    [
      'segments',
      async () => ['/v1/segments', await createdIds('/v1/segments', { name: randomUUID(), filter: { all: [] } })],
      true,
    ],
    [
      'contacts of a segment',
      async () => {
        const { id } = await createContact(workspace.client);
        const filter = { field: 'id', operator: 'equals', value: id };
        return [`/v1/segments/${await createdIds('/v1/segments', { name: randomUUID(), filter })}/contacts`, id];
      },
      true,
    ],
    [
      'attribute definitions',
      async () => [
        '/v1/attribute-definitions',
        await createdIds('/v1/attribute-definitions', {
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
        const path = await listBy('/notes')();
        return [path, await createdIds(path, { body: 'Hello' })];
      },
      true,
    ],
    [
      'blocks',
      async () => [
        '/v1/blocked-visitors',
        await createdIds('/v1/blocked-visitors', { email: `${randomUUID()}@example.com` }),
      ],
      false,
    ],
    [
      'identities',
      async () => {
        const path = await listBy('/identities')();
        return [
          path,
          await createdIds(path, { inbox_id: (await createInbox(workspace.client)).id, source_id: randomUUID() }),
        ];
      },
      false,
    ],
    [
      'merges',
      async () => {
        const [target, source] = [await createContact(workspace.client), await createContact(workspace.client)];
        return [
          `/v1/contacts/${target.id}/merges`,
          await createdIds(`/v1/contacts/${target.id}/merge`, { contact_ids: [source.id] }),
        ];
      },
      false,
    ],
    [
      'imports',
      async () => ['/v1/contacts/imports', (await importContacts(workspace.client, 'email\na@example.com\n')).id],
      false,
    ],
    [
      'exports',
      async () => ['/v1/contacts/exports', await createdIds('/v1/contacts/exports', { format: 'csv' })],
      false,
    ],
  ];

  it.each(lists)('should filter by time: %s', async (_name, setUp, changes) => {
    const [path, id] = await setUp();
    const [past, future] = ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z'];
    for (const what of changes ? ['created', 'updated'] : ['created']) {
      expect(await listIds(path, { [`${what}_after`]: past, [`${what}_before`]: future })).toContain(id);
      expect(await listIds(path, { [`${what}_after`]: future })).toEqual([]);
      expect(await listIds(path, { [`${what}_before`]: past })).toEqual([]);
    }
    expect(getError(await workspace.client.get(path, { created_after: 'yesterday' })).details).toHaveProperty(
      'created_after',
    );
  });
});

describe('deleted contacts', () => {
  it('should be listed separately until they are restored', async () => {
    const mark = randomUUID();
    const [stored, missing] = [
      await createContact(workspace.client, { name: `Kept ${mark}` }),
      await createContact(workspace.client, { name: `Göne ${mark}`, phone: '+14155550199', tags: [mark] }),
    ];
    await workspace.client.delete(`/v1/contacts/${missing.id}`);
    const found = (
      await workspace.client.get<ListResponse<Contact & { deleted_at: string | null }>>('/v1/contacts', {
        deleted: true,
        q: `gone ${mark}`,
      })
    ).body.data;
    expect(found).toMatchObject([{ id: missing.id, email: missing.email, deleted_at: expect.any(String) as string }]);
    for (const query of [
      { email: missing.email!.toUpperCase() },
      { phone: '+1 415 555 0199' },
      { tag: mark },
      {},
    ] as Record<string, string>[])
      expect(await listIds('/v1/contacts', { deleted: true, ...query })).toContain(missing.id);
    for (const deleted of [false, undefined])
      expect(await listIds('/v1/contacts', { q: mark, ...(deleted !== undefined && { deleted }) })).toEqual([
        stored.id,
      ]);
    expect(await listIds('/v1/contacts', { deleted: true }, other)).toEqual([]);
    await workspace.client.post(`/v1/contacts/${missing.id}/restore`);
    expect(await listIds('/v1/contacts', { deleted: true })).not.toContain(missing.id);
  });

  it('should not include merged or erased contacts', async () => {
    const [target, source, erased] = [
      await createContact(workspace.client),
      await createContact(workspace.client),
      await createContact(workspace.client),
    ];
    await workspace.client.post(`/v1/contacts/${target.id}/merge`, { contact_ids: [source.id] });
    await workspace.client.post(`/v1/contacts/${erased.id}/erase`, { confirm: erased.id });
    const found = await listIds('/v1/contacts', { deleted: true, limit: 100 });
    for (const { id } of [target, source, erased]) expect(found).not.toContain(id);
  });
});

describe('contact lists of several companies and segments', () => {
  it('should contain the contacts of any of them, and those without a company', async () => {
    const { client } = await registerWorkspace();
    const [item, secondItem] = (await Promise.all(
      ['One', 'Two'].map(
        async (name) => getData(await client.post<ItemResponse<Listed>>('/v1/companies', { name })).id,
      ),
    )) as [string, string];
    const [first, second, third] = [
      await createContact(client, { company_id: item }),
      await createContact(client, { company_id: secondItem }),
      await createContact(client, { tags: ['vip'] }),
    ].map(({ id }) => id) as [string, string, string];
    const found = async (query: Record<string, string>) =>
      (await client.get<ListResponse<Contact>>('/v1/contacts', { ...query, order_dir: 'asc' })).body.data.map(
        ({ id }) => id,
      );
    expect(await found({ company_id: item })).toEqual([first]);
    expect(await found({ company_id: `${item.toUpperCase()},${secondItem}` })).toEqual([first, second]);
    expect(await found({ company_id: 'none' })).toEqual([third]);
    expect(await found({ company_id: `none,${secondItem}` })).toEqual([second, third]);
    const segment = async (filter: object) =>
      getData(await client.post<ItemResponse<Listed>>('/v1/segments', { name: randomUUID(), filter })).id;
    const [byFirst, vip] = [
      await segment({ field: 'company_id', operator: 'equals', value: item }),
      await segment({ field: 'tags', operator: 'contains', value: 'vip' }),
    ];
    expect(await found({ segment: `${byFirst},${vip}` })).toEqual([first, third]);
    expect(await found({ segment: `${byFirst},${randomUUID()}` })).toEqual([first]);
    expect(await found({ segment: randomUUID() })).toEqual([]);
    expect(getError(await client.get('/v1/contacts', { company_id: 'acme' })).details).toHaveProperty('company_id');
    expect(getError(await client.get('/v1/contacts', { segment: 'none' })).details).toHaveProperty('segment');
  });
});

describe('blocked visitors', () => {
  it('should be returned by ID and found by their target', async () => {
    const mark = randomUUID();
    const contact = await createContact(workspace.client, { name: `Eve ${mark}` });
    const [ofContact, ofEmail, ofPhone, ofNetwork] = [
      await createdIds('/v1/blocked-visitors', { contact_id: contact.id }),
      await createdIds('/v1/blocked-visitors', { email: `spam-${mark}@example.com`, reason: `Spam 100% ${mark}` }),
      await createdIds('/v1/blocked-visitors', { phone: '+14155550177' }),
      await createdIds('/v1/blocked-visitors', { ip_address: '198.51.100.0/24' }),
    ];
    expect(
      getData(await workspace.client.get<ItemResponse<{ reason: string }>>(`/v1/blocked-visitors/${ofEmail}`)).reason,
    ).toBe(`Spam 100% ${mark}`);
    expect(getError(await other.client.get(`/v1/blocked-visitors/${ofEmail}`)).status).toBe(404);
    const path = '/v1/blocked-visitors';
    expect(await listIds(path, { contact_id: `${contact.id},${randomUUID()}` })).toEqual([ofContact]);
    expect(await listIds(path, { email: `SPAM-${mark}@example.com` })).toEqual([ofEmail]);
    expect(await listIds(path, { phone: '+1 (415) 555-0177' })).toEqual([ofPhone]);
    for (const address of ['198.51.100.7', '198.51.100.128/25', '198.51.100.0/24'])
      expect(await listIds(path, { ip_address: address })).toEqual([ofNetwork]);
    for (const address of ['198.51.101.7', '198.51.0.0/16'])
      expect(await listIds(path, { ip_address: address })).toEqual([]);
    expect((await listIds(path, { q: mark.toUpperCase() })).sort()).toEqual([ofContact, ofEmail].sort());
    expect(await listIds(path, { q: `100% ${mark}` })).toEqual([ofEmail]);
    expect(await listIds(path, { q: '198.51.100' })).toEqual([ofNetwork]);
    expect(await listIds(path, { q: mark }, other)).toEqual([]);
    expect(getError(await workspace.client.get(path, { phone: '12' })).details).toHaveProperty('phone');
    expect(getError(await workspace.client.get(path, { ip_address: 'here' })).details).toHaveProperty('ip_address');
    expect(getError(await workspace.client.get(path, { contact_id: 'me' })).details).toHaveProperty('contact_id');
    await workspace.client.delete(`${path}/${ofEmail}`);
    expect(getError(await workspace.client.get(`${path}/${ofEmail}`)).status).toBe(404);
  });
});

it('should find segments by name or description, and notes by their text', async () => {
  const mark = randomUUID();
  const [byName, byText] = [
    await createdIds('/v1/segments', { name: `Pro ${mark}`, filter: { all: [] } }),
    await createdIds('/v1/segments', { name: randomUUID(), description: `Who pays 5% ${mark}`, filter: { all: [] } }),
  ];
  expect((await listIds('/v1/segments', { q: mark.toUpperCase() })).sort()).toEqual([byName, byText].sort());
  expect(await listIds('/v1/segments', { q: `5% ${mark}` })).toEqual([byText]);
  expect(await listIds('/v1/segments', { q: mark }, other)).toEqual([]);
  const path = `/v1/contacts/${(await createContact(workspace.client)).id}/notes`;
  const [note] = [
    await createdIds(path, { body: 'Prefers the Afternoon' }),
    await createdIds(path, { body: 'Speaks French' }),
  ];
  expect(await listIds(path, { q: 'afternoon' })).toEqual([note]);
  expect(await listIds(path, { q: 'a_ternoon' })).toEqual([]);
});
