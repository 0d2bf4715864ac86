import { makeContact } from '../../factories/contact.js';
import { dataOf } from '../client.js';
import type { One } from '../wire.js';
import { got, type Samples } from './sample.js';

const contact = got('/v1/contacts', async ({ client }) => (await makeContact(client)).id);

const bulk = got('/v1/contacts/bulk', async ({ client }) => {
  const { id } = await makeContact(client);
  return dataOf(await client.post<One<{ id: string }>>('/v1/contacts/bulk', { ids: [id], update: { tags: ['vip'] } })).id;
});

/** Paths of contacts under both their names. */
function underBothNames(paths: Samples['paths']): Samples['paths'] {
  return Object.fromEntries(Object.entries(paths).flatMap(([path, sample]) => ['contacts', 'customer-profiles'].map((name) => [`/v1/${name}${path}`, sample])));
}

/** Samples of the identity domain. */
export const IDENTITY: Samples = {
  paths: underBothNames({ '/{id}': contact, '/bulk/{bulk_id}': bulk }),
  fields: { contact, contact_id: contact, ids: contact },
};
