import type { ContactView } from '../contacts/contact.view.js';
import { fieldsFor, type ContactBulkChange } from './contact-bulk-change.js';

const contact = { tags: ['a', 'b'] } as unknown as ContactView;

it.each<[ContactBulkChange, object]>([
  [{}, {}],
  [
    { status: 'inactive', company: null },
    { status: 'inactive', company: null },
  ],
  [{ tags: ['c', 'c'] }, { tags: ['c'] }],
  [{ addTags: ['b', 'c'] }, { tags: ['a', 'b', 'c'] }],
  [{ removeTags: ['a', 'z'] }, { tags: ['b'] }],
  [{ tags: ['c', 'd'], addTags: ['e'], removeTags: ['c'] }, { tags: ['d', 'e'] }],
  [{ customFields: { plan: 'pro', seats: null } }, { customFields: { plan: 'pro', seats: null } }],
])('should say of a contact by %j', (change, fields) => {
  expect(fieldsFor(change, contact)).toEqual(fields);
});
