import { createContact } from '../factories/contact.js';
import { registerWorkspace, type Workspace } from '../support/client.js';
import type { Contact, ListResponse } from '../support/wire.js';

interface Found {
  readonly data: { readonly contacts: readonly { readonly id: string; readonly name: string | null }[] };
}

let workspace: Workspace;
let jurgen: Contact;
let john: Contact;

beforeAll(async () => {
  workspace = await registerWorkspace();
  await workspace.client.patch(`/v1/organizations/${workspace.id}`, { settings: { default_country: 'DE' } });
  jurgen = await createContact(workspace.client, {
    name: 'Jürgen Müller',
    email: 'j.m@example.com',
    phone: '030 1234567',
    company: 'Straßenbau Łódź',
  });
  john = await createContact(workspace.client, { name: 'John Doe', email: 'jd@example.com', phone: '+14155550123' });
  await createContact(workspace.client, { name: 'Grace Hopper', email: 'grace@example.com' });
});

async function search(q: string, { client } = workspace): Promise<string[]> {
  return (await client.get<Found>('/v1/search', { q, type: 'contact' })).body.data.contacts.map(({ id }) => id);
}

async function list(query: Record<string, string | number>, { client } = workspace): Promise<string[]> {
  return (await client.get<ListResponse<Contact>>('/v1/contacts', query)).body.data.map(({ id }) => id);
}

describe('contact search', () => {
  it.each([
    'Müller',
    'Muller',
    'muller',
    'muler',
    'Mulelr',
    'jurgen',
    'Jügren',
    'Ju\u0308rgen',
    'JÜRGEN MÜLLER',
    'strassenbau',
    'straßenbau lodz',
  ])('should find Jürgen Müller by %s', async (q) => {
    expect(await search(q)).toEqual([jurgen.id]);
    expect(await list({ q })).toEqual([jurgen.id]);
  });

  it.each(['john', 'jhon', 'jhon doe', 'Johhn', 'ojhn', 'john  doe'])('should find John Doe by %s', async (q) => {
    expect(await search(q)).toEqual([john.id]);
    expect(await list({ q })).toEqual([john.id]);
  });

  it.each([
    ['030 1234567', 'Jürgen'],
    ['030/12 34 567', 'Jürgen'],
    ['030 1234', 'Jürgen'],
    ['+49 (30) 1234567', 'Jürgen'],
    ['415 555 0123', 'John'],
    ['(415) 555', 'John'],
  ])('should find, by the phone number %s, %s', async (q, name) => {
    const id = name === 'John' ? john.id : jurgen.id;
    expect(await search(q)).toEqual([id]);
    expect(await list({ q })).toEqual([id]);
  });

  it.each(['johannes', 'xyzzy', 'jon', '030 7654321', '4715'])('should not find John Doe by %s', async (q) => {
    expect(await search(q)).not.toContain(john.id);
  });

  it('should rank literal matches first', async () => {
    const contacts = await registerWorkspace();
    const names = ['Marta Vogel', 'Anna Martha', 'Matra Weber'];
    for (const name of names) await createContact(contacts.client, { name, email: null });
    const found = (
      await contacts.client.get<Found>('/v1/search', { q: 'matra', type: 'contact' })
    ).body.data.contacts.map(({ name }) => name);
    expect(found).toEqual(['Matra Weber', 'Marta Vogel', 'Anna Martha'].slice(0, found.length));
    expect(found.length).toBeGreaterThan(1);
    expect(await list({ q: 'matra' }, contacts)).toHaveLength(1);
  });

  it('should page through similar contacts', async () => {
    const contacts = await registerWorkspace();
    for (let index = 0; index < 3; index += 1) await createContact(contacts.client, { name: 'Margaret Hamilton' });
    const pages = [
      await list({ q: 'Hamilotn', limit: 2 }, contacts),
      await list({ q: 'Hamilotn', limit: 2, offset: 2 }, contacts),
    ];
    expect(pages.map((ids) => ids.length)).toEqual([2, 1]);
    expect(new Set(pages.flat()).size).toBe(3);
  });

  it('should not find contacts of another workspace', async () => {
    const other = await registerWorkspace();
    for (const q of ['Muller', 'jhon', '030 1234567']) {
      expect(await search(q, other)).toEqual([]);
      expect(await list({ q }, other)).toEqual([]);
    }
  });
});
