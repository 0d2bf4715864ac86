import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeContact } from '../../factories/contact.js';
import { makeInbox } from '../../factories/inbox.js';
import { dataOf, type Workspace } from '../client.js';
import type { Many, One } from '../wire.js';
import { importContacts } from '../../factories/contact-import.js';
import { got, posted, type Preparation, type Sample, type Samples } from './sample.js';

const contact = got('/v1/contacts', async ({ client }) => (await makeContact(client)).id);

const bulk = got('/v1/contacts/bulk', async ({ client }) => {
  const { id } = await makeContact(client);
  return dataOf(await client.post<One<{ id: string }>>('/v1/contacts/bulk', { ids: [id], update: { tags: ['vip'] } }))
    .id;
});

/** What is made under a contact of its own, and can only be found in a list there. */
function underContact(collection: string, body: (workspace: Workspace) => object | Promise<object>): Sample {
  const contactOf = new Map<string, string>();
  return {
    make: async (workspace) => {
      const { id: contactId } = await makeContact(workspace.client);
      const { id } = dataOf(
        await workspace.client.post<One<{ id: string }>>(
          `/v1/contacts/${contactId}/${collection}`,
          await body(workspace),
        ),
      );
      contactOf.set(id, contactId);
      return id;
    },
    read: async ({ client }, id) =>
      (await client.get<Many<{ id: string }>>(`/v1/contacts/${contactOf.get(id)}/${collection}`)).body.data.find(
        (one) => one.id === id,
      ),
    parentOf: (id) => contactOf.get(id)!,
  };
}

const identity = underContact('identities', async ({ client }) => ({
  inbox_id: (await makeInbox(client)).id,
  source_id: randomUUID(),
}));
const note = underContact('notes', () => ({ body: 'Prefers to be called.' }));

/** Paths of contacts under both their names. */
function underBothNames(paths: Samples['paths']): Samples['paths'] {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, sample]) =>
      ['contacts', 'customer-profiles'].map((name) => [`/v1/${name}${path}`, sample]),
    ),
  );
}

// Who is merged into another cannot be that other.
const anotherContact = got('/v1/contacts', async ({ client }) => (await makeContact(client)).id);
const targetOf = new Map<string, string>();

const merge: Sample = {
  make: async ({ client }) => {
    const [target, source] = [await makeContact(client), await makeContact(client)];
    const { id } = dataOf(
      await client.post<One<{ id: string }>>(`/v1/contacts/${target.id}/merge`, { contact_ids: [source.id] }),
    );
    targetOf.set(id, target.id);
    return id;
  },
  read: async ({ client }, id) =>
    (await client.get<Many<{ id: string }>>(`/v1/contacts/${targetOf.get(id)}/merges`)).body.data.find(
      (one) => one.id === id,
    ),
};

const company = posted('/v1/companies', () => ({ name: 'Acme Inc' }));

const attribute = posted('/v1/attribute-definitions', () => ({
  applies_to: 'contact',
  key: `field_${randomUUID()}`,
  label: 'Plan',
  type: 'list',
  options: ['free', 'pro'],
}));
const block = posted('/v1/blocked-visitors', () => ({ email: `spam-${randomUUID()}@example.com` }));

const contactImport = got(
  '/v1/contacts/imports',
  async ({ client }) => (await importContacts(client, 'email\njohn@example.com\n')).id,
);

const segment = posted('/v1/segments', () => ({
  name: `Pro ${randomUUID()}`,
  filter: { field: 'custom_fields.plan', operator: 'equals', value: 'pro' },
}));

const contactExport = got('/v1/contacts/exports', async ({ client }) => {
  const { id } = dataOf(await client.post<One<{ id: string }>>('/v1/contacts/exports', { format: 'csv' }));
  await eventually(async () =>
    expect(dataOf(await client.get<One<{ status: string }>>(`/v1/contacts/exports/${id}`)).status).toBe('completed'),
  );
  return id;
});

/** Gives a contact the e-mail by which the example confirms their erasure. */
const toErase: Preparation = async ({ client }, { id }) => {
  const { data } = (await client.get<Many<{ id: string }>>('/v1/contacts', { email: 'john@example.com' })).body;
  for (const other of data) if (other.id !== id) await client.delete(`/v1/contacts/${other.id}`);
  await client.patch(`/v1/contacts/${id}`, { email: 'john@example.com' });
};

/** Samples of the identity domain. */
export const IDENTITY: Samples = {
  paths: {
    '/v1/attribute-definitions/{id}': attribute,
    '/v1/blocked-visitors/{id}': block,
    '/v1/companies/{id}': company,
    '/v1/contacts/exports/{id}': contactExport,
    '/v1/contacts/imports/{id}': contactImport,
    '/v1/segments/{id}': segment,
    ...underBothNames({
      '/{id}': contact,
      '/{id}/identities/{identity_id}': identity,
      '/{id}/notes/{note_id}': note,
      '/bulk/{bulk_id}': bulk,
      '/merges/{merge_id}': merge,
    }),
  },
  fields: {
    contact,
    contact_id: contact,
    contact_ids: anotherContact,
    company_id: company,
    ids: contact,
    segment,
    segment_id: segment,
  },
  preparations: { 'contactPrivacy.erase': toErase, 'customerProfiles.erase': toErase },
};
