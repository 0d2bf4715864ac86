import type { ContactView } from '../contacts/contact.view.js';
import { buildContactInput, type BulkUpdateContactsInput } from './contact-bulk-update.js';

const contact = { tags: ['a', 'b'] } as unknown as ContactView;

it.each<[BulkUpdateContactsInput, object]>([
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
])('should return the fields to write when the bulk update is %j', (change, fields) => {
  expect(buildContactInput(change, contact)).toEqual(fields);
});
