import { columnsOf } from '@parley/kernel/database';
import { pick } from 'es-toolkit';
import { ContactEntity } from './contact.entity.js';
import type { ContactView } from './contact.view.js';

const PROPERTIES = [
  'id',
  'identifier',
  'email',
  'otherEmails',
  'name',
  'phone',
  'otherPhones',
  'company',
  'companyId',
  'avatarUrl',
  'avatar',
  'customFields',
  'tags',
  'status',
  'blocked',
  'conversationCount',
  'ticketCount',
  'lastSeenAt',
  'version',
  'createdAt',
  'updatedAt',
  'deletedAt',
] as const;

/** Columns of a contact, with the table alias `c`. Their aliases are the properties of {@link ContactView}. */
export const CONTACT_COLUMNS = columnsOf(ContactEntity, 'c', PROPERTIES);

/** A row of {@link CONTACT_COLUMNS}: a view, possibly with more columns. */
export type ContactRow = Pick<ContactView, keyof ContactView>;

/** Condition: a live contact of workspace `$1`. */
export const LIVE_CONTACT = 'c.workspace_id = $1 and c.deleted_at is null';

/** Condition: a deleted contact of workspace `$1` that can be restored. */
export const DELETED_CONTACT =
  'c.workspace_id = $1 and c.deleted_at is not null and c.merged_into is null and c.erased_at is null';

/** Removes the columns that do not belong to the view. */
export function toContactView(row: ContactRow): ContactView {
  return pick(row, PROPERTIES);
}
