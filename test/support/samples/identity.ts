import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../../factories/contact.js';
import { createInbox } from '../../factories/inbox.js';
import { getData, type Workspace } from '../client.js';
import type { ListResponse, ItemResponse } from '../wire.js';
import { importContacts } from '../../factories/contact-import.js';
import { gettableSample, postedSample, type Preparation, type Sample, type Samples } from './sample.js';

const contact = gettableSample('/v1/contacts', async ({ client }) => (await createContact(client)).id);

const bulk = gettableSample('/v1/contacts/bulk', async ({ client }) => {
  const { id } = await createContact(client);
  return getData(
    await client.post<ItemResponse<{ id: string }>>('/v1/contacts/bulk', { ids: [id], update: { tags: ['vip'] } }),
  ).id;
});

/** A sample of objects that belong to a contact and can be read only in a list of the contact. */
function contactChildSample(collection: string, body: (workspace: Workspace) => object | Promise<object>): Sample {
  const contactOf = new Map<string, string>();
  return {
    create: async (workspace) => {
      const { id: contactId } = await createContact(workspace.client);
      const { id } = getData(
        await workspace.client.post<ItemResponse<{ id: string }>>(
          `/v1/contacts/${contactId}/${collection}`,
          await body(workspace),
        ),
      );
      contactOf.set(id, contactId);
      return id;
    },
    read: async ({ client }, id) =>
      (
        await client.get<ListResponse<{ id: string }>>(`/v1/contacts/${contactOf.get(id)}/${collection}`)
      ).body.data.find((item) => item.id === id),
    parentOf: (id) => contactOf.get(id)!,
  };
}

const identity = contactChildSample('identities', async ({ client }) => ({
  inbox_id: (await createInbox(client)).id,
  source_id: randomUUID(),
}));
const note = contactChildSample('notes', () => ({ body: 'Prefers to be called.' }));

/** The paths below both collection names of contacts. */
function withPathAliases(paths: Samples['paths']): Samples['paths'] {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, sample]) =>
      ['contacts', 'customer-profiles'].map((name) => [`/v1/${name}${path}`, sample]),
    ),
  );
}

// A contact cannot be merged into itself.
const anotherContact = gettableSample('/v1/contacts', async ({ client }) => (await createContact(client)).id);
const targetOf = new Map<string, string>();

const merge: Sample = {
  create: async ({ client }) => {
    const [target, source] = [await createContact(client), await createContact(client)];
    const { id } = getData(
      await client.post<ItemResponse<{ id: string }>>(`/v1/contacts/${target.id}/merge`, { contact_ids: [source.id] }),
    );
    targetOf.set(id, target.id);
    return id;
  },
  read: async ({ client }, id) =>
    (await client.get<ListResponse<{ id: string }>>(`/v1/contacts/${targetOf.get(id)}/merges`)).body.data.find(
      (item) => item.id === id,
    ),
};

const company = postedSample('/v1/companies', () => ({ name: 'Acme Inc' }));

const attribute = postedSample('/v1/attribute-definitions', () => ({
  applies_to: 'contact',
  key: `field_${randomUUID()}`,
  label: 'Plan',
  type: 'list',
  options: ['free', 'pro'],
}));
const block = postedSample('/v1/blocked-visitors', () => ({ email: `spam-${randomUUID()}@example.com` }));

const contactImport = gettableSample(
  '/v1/contacts/imports',
  async ({ client }) => (await importContacts(client, 'email\njohn@example.com\n')).id,
);

const segment = postedSample('/v1/segments', () => ({
  name: `Pro ${randomUUID()}`,
  filter: { field: 'custom_fields.plan', operator: 'equals', value: 'pro' },
}));

const contactExport = gettableSample('/v1/contacts/exports', async ({ client }) => {
  const { id } = getData(await client.post<ItemResponse<{ id: string }>>('/v1/contacts/exports', { format: 'csv' }));
  await eventually(async () =>
    expect(getData(await client.get<ItemResponse<{ status: string }>>(`/v1/contacts/exports/${id}`)).status).toBe(
      'completed',
    ),
  );
  return id;
});

/** Sets the e-mail address with which the documented example confirms the erasure of the contact. */
const prepareErasure: Preparation = async ({ client }, { id }) => {
  const { data } = (await client.get<ListResponse<{ id: string }>>('/v1/contacts', { email: 'john@example.com' })).body;
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
    ...withPathAliases({
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
  preparations: { 'contactPrivacy.erase': prepareErasure, 'customerProfiles.erase': prepareErasure },
};
