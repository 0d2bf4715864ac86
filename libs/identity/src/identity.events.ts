import type { BulkUpdateEventData } from '@parley/kernel/bulk';
import { defineEvent, type Changed } from '@parley/kernel/events';
import type { ImportCounts } from './imports/import.view.js';

export class ContactCreated extends defineEvent<{ readonly email: string | null }>('contact.created', {
  description: 'A contact was created. Imports publish `contact_import.progressed` instead.',
  fields: ['email'],
  example: { email: 'john@example.com' },
}) {}

export class ContactUpdated extends defineEvent<{ readonly changed: Changed }>('contact.updated', {
  description: 'A contact changed.',
  fields: ['changed'],
  example: { changed: { name: ['John', 'John Doe'] } },
}) {}

export class ContactDeleted extends defineEvent<object>('contact.deleted', {
  description: 'A contact was deleted. Their conversations remain.',
}) {}

export class ContactRestored extends defineEvent<object>('contact.restored', {
  description: 'A deleted contact was restored.',
  summary: ({ actor, subject }) => `${actor} restored ${subject}`,
}) {}

export class ContactErased extends defineEvent<{ readonly contact_ids: readonly string[] }>('contact.erased', {
  description: 'A contact and the contacts merged into it were erased permanently.',
  fields: ['contact_ids'],
  summary: ({ actor, subject }) => `${actor} erased ${subject}`,
}) {}

export class ExportRequested extends defineEvent<{
  readonly export_id: string;
  readonly kind: 'contacts' | 'person';
  readonly contact_id?: string;
}>('security.export_requested', {
  description: 'A user requested an export of contact data.',
  fields: ['export_id', 'kind', 'contact_id'],
  summary: ({ actor }) => `${actor} requested an export of contact data`,
}) {}

export class ContactNoteAdded extends defineEvent<{ readonly note_id: string }>('contact.note_added', {
  description: 'A note was added to a contact.',
  fields: ['note_id'],
  summary: ({ actor, subject }) => `${actor} added a note to ${subject}`,
}) {}

export class ContactNoteChanged extends defineEvent<{ readonly note_id: string; readonly changed: Changed }>(
  'contact.note_changed',
  {
    description: 'A note on a contact was updated.',
    fields: ['note_id', 'changed'],
    summary: ({ actor, subject }) => `${actor} updated a note on ${subject}`,
  },
) {}

export class ContactNoteRemoved extends defineEvent<{ readonly note_id: string; readonly changed: Changed }>(
  'contact.note_removed',
  {
    description: 'A note on a contact was deleted. `changed.body` contains its text.',
    fields: ['note_id', 'changed'],
    summary: ({ actor, subject }) => `${actor} deleted a note on ${subject}`,
  },
) {}

export class CompanyCreated extends defineEvent<{ readonly name: string; readonly domains: readonly string[] }>(
  'company.created',
  { description: 'A company was created.', fields: ['name', 'domains'] },
) {}

export class CompanyUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'company.updated',
  {
    description: 'A company changed.',
    fields: ['name', 'changed'],
  },
) {}

export class CompanyDeleted extends defineEvent<{ readonly name: string }>('company.deleted', {
  description: 'A company was deleted. Its contacts remain.',
  fields: ['name'],
}) {}

export class ContactMerged extends defineEvent<{
  readonly merge_id: string;
  readonly contact_ids: readonly string[];
  readonly changed: Changed;
}>('contact.merged', {
  description: 'Contacts were merged into this contact.',
  fields: ['merge_id', 'contact_ids', 'changed'],
}) {}

export class ContactUnmerged extends defineEvent<{
  readonly merge_id: string;
  readonly contact_ids: readonly string[];
  readonly changed: Changed;
}>('contact.unmerged', {
  description: 'A merge into this contact was undone.',
  fields: ['merge_id', 'contact_ids', 'changed'],
}) {}

/** Data of an event about a block. */
export interface BlockEventData {
  readonly block_id: string;
  readonly reason: string | null;
  /** Time in ISO 8601, or null if the block does not expire. */
  readonly expires_at: string | null;
}

export class ContactBlocked extends defineEvent<BlockEventData>('contact.blocked', {
  description: 'A contact was blocked.',
  fields: ['block_id', 'reason', 'expires_at'],
}) {}

export class ContactUnblocked extends defineEvent<{ readonly block_id: string }>('contact.unblocked', {
  description: 'A contact was unblocked.',
  fields: ['block_id'],
}) {}

export class VisitorBlocked extends defineEvent<BlockEventData>('visitor.blocked', {
  description:
    'An e-mail address, phone number or network without a known contact was blocked. The subject is the block.',
  fields: ['block_id', 'reason', 'expires_at'],
  summary: ({ actor }) => `${actor} blocked a visitor`,
}) {}

export class VisitorUnblocked extends defineEvent<{ readonly block_id: string }>('visitor.unblocked', {
  description: 'A block without a known contact was deleted. The subject is the block.',
  fields: ['block_id'],
  summary: ({ actor }) => `${actor} unblocked a visitor`,
}) {}

export class AttributeDefinitionCreated extends defineEvent<{ readonly applies_to: string; readonly key: string }>(
  'attribute_definition.created',
  { description: 'A custom field was defined.', fields: ['applies_to', 'key'] },
) {}

export class AttributeDefinitionUpdated extends defineEvent<{ readonly key: string; readonly changed: Changed }>(
  'attribute_definition.updated',
  { description: 'The definition of a custom field changed.', fields: ['key', 'changed'] },
) {}

export class AttributeDefinitionDeleted extends defineEvent<{ readonly applies_to: string; readonly key: string }>(
  'attribute_definition.deleted',
  { description: 'The definition of a custom field was deleted. Its values remain.', fields: ['applies_to', 'key'] },
) {}

/** Data of an event about an inbox identity of a contact. */
export interface ContactIdentityEventData {
  readonly identity_id: string;
  readonly inbox_id: string;
  readonly source_id: string;
}

export class ContactIdentityAdded extends defineEvent<ContactIdentityEventData>('contact.identity_added', {
  description: 'A contact got an identity in an inbox.',
  fields: ['identity_id', 'inbox_id', 'source_id'],
  summary: ({ actor, subject }) => `${actor} added an inbox identity to ${subject}`,
}) {}

export class ContactIdentityRemoved extends defineEvent<ContactIdentityEventData>('contact.identity_removed', {
  description: 'An identity of a contact in an inbox was deleted.',
  fields: ['identity_id', 'inbox_id', 'source_id'],
  summary: ({ actor, subject }) => `${actor} deleted an inbox identity of ${subject}`,
}) {}

/** Data of an event about an import. */
interface ContactImportEventData {
  readonly file_name: string;
}

export class ContactImportProgressed extends defineEvent<
  ContactImportEventData & { readonly created_ids: readonly string[] }
>('contact_import.progressed', {
  description: 'Rows of an import became contacts. There is no `contact.created` for them.',
  fields: ['file_name', 'created_ids'],
  summary: ({ actor, subject }) => `${actor} imported contacts with ${subject}`,
}) {}

export class ContactImportCompleted extends defineEvent<
  ContactImportEventData & ImportCounts & { readonly rows: number }
>('contact_import.completed', {
  description: 'An import was completed.',
  fields: ['file_name', 'created', 'updated', 'unchanged', 'skipped', 'failed', 'rows'],
  summary: ({ actor, subject }) => `${actor} completed ${subject}`,
}) {}

export class ContactImportFailed extends defineEvent<ContactImportEventData & { readonly error: string }>(
  'contact_import.failed',
  {
    description: 'An import failed. Contacts imported before the failure remain.',
    fields: ['file_name', 'error'],
    summary: ({ actor, subject }) => `${actor} started ${subject}, which failed`,
  },
) {}

export class ContactBulkUpdateStarted extends defineEvent<BulkUpdateEventData & { readonly contact_count: number }>(
  'contact_bulk_update.started',
  {
    description:
      'A bulk update of contacts was started; each changed contact has an event of its own. `filter_fields` is ' +
      'empty if only IDs were given. `changed` contains the requested values, with null as the previous value.',
    fields: ['filter_fields', 'changed', 'contact_count'],
    summary: ({ actor, subject, changedFields }) => `${actor} started ${subject}${changedFields}`,
    example: {
      filter_fields: ['company'],
      changed: { status: [null, 'inactive'] },
      contact_count: 3,
    },
  },
) {}

export class ContactBulkUpdateUndone extends defineEvent<{
  readonly undo_id: string;
  readonly contact_count: number;
}>('contact_bulk_update.undone', {
  description: 'The undo of a bulk update of contacts was started. Restored contacts publish `contact.updated`.',
  fields: ['undo_id', 'contact_count'],
  summary: ({ actor, subject }) => `${actor} undid ${subject}`,
}) {}

export class SegmentCreated extends defineEvent<{ readonly name: string }>('segment.created', {
  description: 'A segment was created.',
  fields: ['name'],
}) {}

export class SegmentUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'segment.updated',
  {
    description: 'The name or filter of a segment changed.',
    fields: ['name', 'changed'],
  },
) {}

export class SegmentDeleted extends defineEvent<{ readonly name: string }>('segment.deleted', {
  description: 'A segment was deleted.',
  fields: ['name'],
}) {}

export class SegmentEntered extends defineEvent<{ readonly contact_id: string }>('segment.entered', {
  description: 'A contact entered a segment.',
  fields: ['contact_id'],
  summary: ({ subject }) => `A contact entered ${subject}`,
}) {}

export class SegmentLeft extends defineEvent<{ readonly contact_id: string }>('segment.left', {
  description: 'A contact left a segment.',
  fields: ['contact_id'],
  summary: ({ subject }) => `A contact left ${subject}`,
}) {}
