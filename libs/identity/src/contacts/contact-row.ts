import type { ContactPatch, ContactStatus, ContactView, StoredAvatar } from './contact.view.js';

/** A row of `identity.contacts`. */
export interface ContactRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly identifier: string | null;
  readonly email: string | null;
  readonly other_emails: string[];
  readonly name: string | null;
  readonly phone: string | null;
  readonly other_phones: string[];
  readonly company: string | null;
  readonly company_id: string | null;
  readonly avatar_url: string | null;
  readonly avatar: StoredAvatar | null;
  readonly custom_fields: Record<string, unknown>;
  readonly tags: string[];
  readonly status: ContactStatus;
  readonly blocked: boolean;
  readonly conversation_count: number;
  readonly ticket_count: number;
  readonly last_seen_at: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly deleted_at: string | null;
}

/** Columns of {@link ContactRow}, with the table alias `c`. */
export const CONTACT_COLUMNS =
  'c.id, c.identifier, c.email, c.other_emails, c.name, c.phone, c.other_phones, c.company, c.company_id, ' +
  'c.avatar_url, c.avatar, c.custom_fields, c.tags, c.status, c.blocked, c.conversation_count, c.ticket_count, ' +
  'c.last_seen_at, c.version, c.created_at, c.updated_at, c.deleted_at';

/** Condition: a live contact of workspace `$1`. */
export const LIVE_CONTACT = 'c.workspace_id = $1 and c.deleted_at is null';

/** Condition: a deleted contact of workspace `$1` that can be restored. */
export const DELETED_CONTACT =
  'c.workspace_id = $1 and c.deleted_at is not null and c.merged_into is null and c.erased_at is null';

/** Column of each field. */
export const COLUMN_BY_FIELD: Readonly<Record<keyof ContactPatch, string>> = {
  identifier: 'identifier',
  email: 'email',
  otherEmails: 'other_emails',
  name: 'name',
  phone: 'phone',
  otherPhones: 'other_phones',
  company: 'company',
  companyId: 'company_id',
  avatarUrl: 'avatar_url',
  avatar: 'avatar',
  customFields: 'custom_fields',
  tags: 'tags',
  status: 'status',
};

export function toContactView(row: ContactRow): ContactView {
  return {
    id: row.id,
    identifier: row.identifier,
    email: row.email,
    otherEmails: row.other_emails,
    name: row.name,
    phone: row.phone,
    otherPhones: row.other_phones,
    company: row.company,
    companyId: row.company_id,
    avatarUrl: row.avatar_url,
    avatar: row.avatar,
    customFields: row.custom_fields,
    tags: row.tags,
    status: row.status,
    blocked: row.blocked,
    conversationCount: row.conversation_count,
    ticketCount: row.ticket_count,
    lastSeenAt: row.last_seen_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
  };
}
