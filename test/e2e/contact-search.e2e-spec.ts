import { makeContact } from '../factories/contact.js';
import { register, type Workspace } from '../support/client.js';
import type { Contact, Many } from '../support/wire.js';

interface Found {
  readonly data: { readonly contacts: readonly { readonly id: string; readonly name: string | null }[] };
}

let workspace: Workspace;
let jurgen: Contact;
let john: Contact;

beforeAll(async () => {
  workspace = await register();
  await workspace.client.patch(`/v1/organizations/${workspace.id}`, { settings: { default_country: 'DE' } });
  jurgen = await makeContact(workspace.client, {
    name: 'Jürgen Müller',
    email: 'j.m@example.com',
    phone: '030 1234567',
    company: 'Straßenbau Łódź',
  });
  john = await makeContact(workspace.client, { name: 'John Doe', email: 'jd@example.com', phone: '+14155550123' });
  await makeContact(workspace.client, { name: 'Grace Hopper', email: 'grace@example.com' });
});

async function searched(q: string, { client } = workspace): Promise<string[]> {
  return (await client.get<Found>('/v1/search', { q, type: 'contact' })).body.data.contacts.map(({ id }) => id);
}

async function listed(query: Record<string, string | number>, { client } = workspace): Promise<string[]> {
  return (await client.get<Many<Contact>>('/v1/contacts', query)).body.data.map(({ id }) => id);
}

describe('words that contacts are found by', () => {
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
  ])('should lead to Jürgen Müller by %s', async (q) => {
    expect(await searched(q)).toEqual([jurgen.id]);
    expect(await listed({ q })).toEqual([jurgen.id]);
  });

  it.each(['john', 'jhon', 'jhon doe', 'Johhn', 'ojhn', 'john  doe'])('should lead to John Doe by %s', async (q) => {
    expect(await searched(q)).toEqual([john.id]);
    expect(await listed({ q })).toEqual([john.id]);
  });

  it.each([
    ['030 1234567', 'Jürgen'],
    ['030/12 34 567', 'Jürgen'],
    ['030 1234', 'Jürgen'],
    ['+49 (30) 1234567', 'Jürgen'],
    ['415 555 0123', 'John'],
    ['(415) 555', 'John'],
  ])('should lead by the telephone number %s to %s', async (q, name) => {
    const id = name === 'John' ? john.id : jurgen.id;
    expect(await searched(q)).toEqual([id]);
    expect(await listed({ q })).toEqual([id]);
  });

  it.each(['johannes', 'xyzzy', 'jon', '030 7654321', '4715'])('should not lead to John Doe by %s', async (q) => {
    expect(await searched(q)).not.toContain(john.id);
  });

  it('should find those first who have them as they are', async () => {
    const crowd = await register();
    const names = ['Marta Vogel', 'Anna Martha', 'Matra Weber'];
    for (const name of names) await makeContact(crowd.client, { name, email: null });
    const found = (await crowd.client.get<Found>('/v1/search', { q: 'matra', type: 'contact' })).body.data.contacts.map(
      ({ name }) => name,
    );
    expect(found).toEqual(['Matra Weber', 'Marta Vogel', 'Anna Martha'].slice(0, found.length));
    expect(found.length).toBeGreaterThan(1);
    expect(await listed({ q: 'matra' }, crowd)).toHaveLength(1);
  });

  it('should page through those who are like them', async () => {
    const crowd = await register();
    for (let index = 0; index < 3; index += 1) await makeContact(crowd.client, { name: 'Margaret Hamilton' });
    const pages = [
      await listed({ q: 'Hamilotn', limit: 2 }, crowd),
      await listed({ q: 'Hamilotn', limit: 2, offset: 2 }, crowd),
    ];
    expect(pages.map((ids) => ids.length)).toEqual([2, 1]);
    expect(new Set(pages.flat()).size).toBe(3);
  });

  it('should not lead to contacts of another workspace', async () => {
    const other = await register();
    for (const q of ['Muller', 'jhon', '030 1234567']) {
      expect(await searched(q, other)).toEqual([]);
      expect(await listed({ q }, other)).toEqual([]);
    }
  });
});
