import { declareScopes } from '@parley/kernel/auth';

declareScopes('contacts', { description: 'Contacts, companies and segments', agent: 'write' });
// In addition to those of contacts. Not in the role `agent`: each of these operations concerns many contacts, or cannot be undone.
declareScopes('contact_bulk', { description: 'Bulk updates and imports of contacts', requires: 'contacts' });
declareScopes('contact_erasure', { description: 'Erasure of contacts', requires: 'contacts' });
declareScopes('contact_exports', {
  description: 'Exports of contacts and of the data of a contact',
  requires: 'contacts',
});
