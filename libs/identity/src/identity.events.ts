import { DomainEvent, type Changed } from '@parley/kernel/events';
import type { ImportCounts } from './imports/import.view.js';

/** A contact was met for the first time. */
export class ContactCreated extends DomainEvent<{ readonly email: string | null }> {
  static readonly type = 'contact.created';
}

/** Something about a contact changed. */
export class ContactUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'contact.updated';
}

/** A contact was deleted; what they wrote stays. */
export class ContactDeleted extends DomainEvent<object> {
  static readonly type = 'contact.deleted';
}

/** A deleted contact is there again. */
export class ContactRestored extends DomainEvent<object> {
  static readonly type = 'contact.restored';
}

/** A contact was forgotten for good, and with them those who had been merged into them. */
export class ContactErased extends DomainEvent<{ readonly contact_ids: readonly string[] }> {
  static readonly type = 'contact.erased';
}

/** Somebody asked for what is known about a contact, or about many, as a file; the subject is whoever asked. */
export class ExportRequested extends DomainEvent<{
  readonly export_id: string;
  readonly kind: 'contacts' | 'person';
  readonly contact_id?: string;
}> {
  static readonly type = 'security.export_requested';
}

/** The team wrote something down about a contact. */
export class ContactNoteAdded extends DomainEvent<{ readonly note_id: string }> {
  static readonly type = 'contact.note_added';
}

/** A note about a contact was corrected. */
export class ContactNoteChanged extends DomainEvent<{ readonly note_id: string; readonly changed: Changed }> {
  static readonly type = 'contact.note_changed';
}

/** A note about a contact was taken away; `changed.body` keeps what it was. */
export class ContactNoteRemoved extends DomainEvent<{ readonly note_id: string; readonly changed: Changed }> {
  static readonly type = 'contact.note_removed';
}

/** A company was made known. */
export class CompanyCreated extends DomainEvent<{ readonly name: string; readonly domains: readonly string[] }> {
  static readonly type = 'company.created';
}

/** Something about a company changed. */
export class CompanyUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'company.updated';
}

/** A company was deleted; its contacts stay. */
export class CompanyDeleted extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'company.deleted';
}

/** Other contacts became this one; all they had is this one's now. */
export class ContactMerged extends DomainEvent<{
  readonly merge_id: string;
  readonly contact_ids: readonly string[];
  readonly changed: Changed;
}> {
  static readonly type = 'contact.merged';
}

/** A merge into this contact was undone; the others are there again. */
export class ContactUnmerged extends DomainEvent<{
  readonly merge_id: string;
  readonly contact_ids: readonly string[];
  readonly changed: Changed;
}> {
  static readonly type = 'contact.unmerged';
}

/** What an event about a block tells. */
export interface BlockEventData {
  readonly block_id: string;
  readonly reason: string | null;
  /** ISO 8601; null is never. */
  readonly expires_at: string | null;
}

/** A contact is kept from writing in. */
export class ContactBlocked extends DomainEvent<BlockEventData> {
  static readonly type = 'contact.blocked';
}

/** A contact may write in again. */
export class ContactUnblocked extends DomainEvent<{ readonly block_id: string }> {
  static readonly type = 'contact.unblocked';
}

/** An e-mail, telephone number or network that is no known contact's was blocked; the subject is the block. */
export class VisitorBlocked extends DomainEvent<BlockEventData> {
  static readonly type = 'visitor.blocked';
}

/** A block that kept no known contact from writing in was lifted; the subject is the block. */
export class VisitorUnblocked extends DomainEvent<{ readonly block_id: string }> {
  static readonly type = 'visitor.unblocked';
}

/** A field of the workspace's own was defined. */
export class AttributeDefinitionCreated extends DomainEvent<{ readonly applies_to: string; readonly key: string }> {
  static readonly type = 'attribute_definition.created';
}

/** The definition of a field changed. */
export class AttributeDefinitionUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'attribute_definition.updated';
}

/** A field is not defined any more; its values stay. */
export class AttributeDefinitionDeleted extends DomainEvent<{ readonly applies_to: string; readonly key: string }> {
  static readonly type = 'attribute_definition.deleted';
}

/** What an event about a contact's identity in an inbox tells. */
export interface ContactIdentityEventData {
  readonly identity_id: string;
  readonly inbox_id: string;
  readonly source_id: string;
}

/** An inbox knows a contact by another name. */
export class ContactIdentityAdded extends DomainEvent<ContactIdentityEventData> {
  static readonly type = 'contact.identity_added';
}

/** An inbox does not know a contact by a name any more. */
export class ContactIdentityRemoved extends DomainEvent<ContactIdentityEventData> {
  static readonly type = 'contact.identity_removed';
}

/** Rows of a file have become contacts; there is no `contact.created` for each. */
export class ContactImportProgressed extends DomainEvent<{ readonly created_ids: readonly string[] }> {
  static readonly type = 'contact_import.progressed';
}

/** A file of contacts was taken in to its end. */
export class ContactImportCompleted extends DomainEvent<ImportCounts & { readonly rows: number }> {
  static readonly type = 'contact_import.completed';
}

/** A file of contacts could not be read to its end; what was taken in before stays. */
export class ContactImportFailed extends DomainEvent<{ readonly error: string }> {
  static readonly type = 'contact_import.failed';
}

/** A set of contacts was defined. */
export class SegmentCreated extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'segment.created';
}

/** A set of contacts was called or defined otherwise. */
export class SegmentUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'segment.updated';
}

/** A set of contacts is not kept any more. */
export class SegmentDeleted extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'segment.deleted';
}

/** A contact belongs to a segment from now on. */
export class SegmentEntered extends DomainEvent<{ readonly contact_id: string }> {
  static readonly type = 'segment.entered';
}

/** A contact does not belong to a segment any more. */
export class SegmentLeft extends DomainEvent<{ readonly contact_id: string }> {
  static readonly type = 'segment.left';
}
