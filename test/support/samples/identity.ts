import { makeContact } from '../../factories/contact.js';
import { got, type Samples } from './sample.js';

const contact = got('/v1/contacts', async ({ client }) => (await makeContact(client)).id);

/** Samples of the identity domain. */
export const IDENTITY: Samples = {
  paths: { '/v1/contacts/{id}': contact, '/v1/customer-profiles/{id}': contact },
  fields: { contact, contact_id: contact },
};
