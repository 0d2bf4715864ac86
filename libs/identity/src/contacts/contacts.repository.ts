import { Injectable } from '@nestjs/common';
import { anyOf, composedStatement, Database, shortRead, statement } from '@parley/kernel/database';
import { COLUMN_BY_FIELD } from './contact-patch.js';
import { CONTACT_COLUMNS, LIVE_CONTACT, type ContactRow } from './contact-row.js';
import type { ContactPatch, ContactView, ConversationContact, StoredAvatar } from './contact.view.js';

const FIND = shortRead(
  'identity.find-contact',
  `select ${CONTACT_COLUMNS} from identity.contacts c where ${LIVE_CONTACT} and c.id = $2`,
);
const FIND_MANY = shortRead(
  'identity.find-contacts',
  `select ${CONTACT_COLUMNS} from identity.contacts c where ${LIVE_CONTACT} and c.id = ${anyOf('$2', 'uuid')}`,
);
const FIND_FOR_UPDATE = statement(
  'identity.lock-contact',
  `select ${CONTACT_COLUMNS} from identity.contacts c where ${LIVE_CONTACT} and c.id = $2 for update`,
);
const FIND_MERGE_ROOT = statement(
  'identity.find-merge-root-id',
  `select identity.merge_root(c.id) as id from identity.contacts c where c.workspace_id = $1 and c.id = $2
    and c.merged_into is not null`,
);
const LIST_MERGED_IDS = statement(
  'identity.list-merged-contact-ids',
  `with recursive tree as (
     select $2::uuid as id union all select c.id from identity.contacts c join tree on c.merged_into = tree.id
       where c.workspace_id = $1
   ) select id from tree`,
);
const SHARES_AVATAR = statement(
  'identity.find-shared-avatar',
  `select 1 as found from identity.contacts c where c.workspace_id = $1 and c.merged_into = $2
    and c.avatar ->> 'key' = $3`,
);
const FIND_ERASED_AT = statement(
  'identity.find-contact-erased-at',
  'select c.erased_at from identity.contacts c where c.workspace_id = $1 and c.id = $2 and c.erased_at is not null',
);
const FIND_AVATAR = statement(
  'identity.find-avatar-in-any-workspace',
  'select c.avatar from identity.contacts c where c.id = $1 and c.deleted_at is null',
);
const ADD = statement(
  'identity.add-contacts',
  `with input as (
     select * from jsonb_to_recordset($2::jsonb) as g (id uuid, identifier text, email text, other_emails text[],
       name text, phone text, other_phones text[], company text, company_id uuid,
       avatar_url text, custom_fields jsonb, tags text[], status text)
   ), employer as (
     select g.id as contact_id, k.id, k.name from input g join identity.companies k on k.workspace_id = $1
       and k.id = coalesce(g.company_id,
       (select d.company_id from identity.company_domains d where d.workspace_id = $1
         and d.domain = lower(substring(g.email from '[^@]*$'))))
   ), added as (
     insert into identity.contacts as c (id, workspace_id, identifier, email, other_emails, name, phone,
       other_phones, company, company_id, avatar_url, custom_fields, tags, status, blocked)
     select g.id, $1, g.identifier, g.email, g.other_emails, g.name, g.phone, g.other_phones, coalesce(e.name,
       g.company), e.id, g.avatar_url, g.custom_fields, g.tags, g.status,
       exists (select 1 from identity.blocks b where b.workspace_id = $1 and (b.email in (select lower(m collate "C")
         from unnest(g.email || g.other_emails) m) or b.phone = any(g.phone || g.other_phones)))
     from input g left join employer e on e.contact_id = g.id on conflict do nothing returning ${CONTACT_COLUMNS}
   ), emails as (
     insert into identity.contact_emails (workspace_id, address, contact_id)
     select distinct $1::uuid, lower(e.address collate "C"), added.id from added,
       unnest(added.email || added."otherEmails") e (address) where e.address is not null
   ), phones as (
     insert into identity.contact_phones (workspace_id, number, contact_id)
     select distinct $1::uuid, p.number, added.id from added, unnest(added.phone || added."otherPhones") p (number)
       where p.number is not null
   ) select * from added`,
);
const DELETE = statement(
  'identity.delete-contact',
  `with deleted as (
     update identity.contacts c set deleted_at = now(), avatar = null, updated_at = now(), version = version + 1
       where ${LIVE_CONTACT} and c.id = $2 returning c.id
   ), emails as (
     delete from identity.contact_emails e using deleted where e.contact_id = deleted.id
   ), phones as (
     delete from identity.contact_phones p using deleted where p.contact_id = deleted.id
   ) select id from deleted`,
);
const RECORD_CONVERSATION_STARTED = statement(
  'identity.record-conversation-started',
  `update identity.contacts c set conversation_count = conversation_count + 1, last_seen_at = $3
    where ${LIVE_CONTACT} and c.id = $2 returning c.id, c.name, c.blocked`,
);
// Skips a locked contact: its transaction updates the contact anyway, and waiting while holding the conversation can
// deadlock with a merge that needs that conversation.
const TOUCH_LAST_SEEN = statement(
  'identity.touch-last-seen',
  `update identity.contacts set last_seen_at = $3 where id = (select c.id from identity.contacts c
    where c.workspace_id = $1 and c.id = $2 for update skip locked)`,
);
const REFRESH_BLOCKED = statement(
  'identity.refresh-contacts-blocked',
  `update identity.contacts c set blocked = not c.blocked, version = version + 1, updated_at = now()
    where c.workspace_id = $1 and c.id = any($2) and c.blocked is distinct from (
     exists (select 1 from identity.blocks b where b.workspace_id = $1 and b.contact_id = c.id)
     or exists (select 1 from identity.blocks b join identity.contact_emails e on e.workspace_id = b.workspace_id
       and e.address = b.email where b.workspace_id = $1 and e.contact_id = c.id)
     or exists (select 1 from identity.blocks b join identity.contact_phones p on p.workspace_id = b.workspace_id
       and p.number = b.phone where b.workspace_id = $1 and p.contact_id = c.id)
   ) returning c.id, c.blocked`,
);

@Injectable()
export class ContactsRepository {
  constructor(private readonly database: Database) {}

  find(workspaceId: string, id: string): Promise<ContactView | null> {
    return this.database.row<ContactRow>(FIND, [workspaceId, id]);
  }

  findMany(workspaceId: string, ids: readonly string[]): Promise<ContactView[]> {
    return this.database.rows<ContactRow>(FIND_MANY, [workspaceId, ids]);
  }

  /** The contact, locked until the transaction ends. */
  lock(workspaceId: string, id: string): Promise<ContactView | null> {
    return this.database.row<ContactRow>(FIND_FOR_UPDATE, [workspaceId, id]);
  }

  /** For signed links, which need no workspace. */
  async findAvatarInAnyWorkspace(id: string): Promise<StoredAvatar | null> {
    return (await this.database.row<{ avatar: StoredAvatar | null }>(FIND_AVATAR, [id]))?.avatar ?? null;
  }

  /**
   * The new contact; null if the e-mail or identifier is taken. Without a company, the contact is linked to the company
   * of its e-mail domain. Fails on `contact_emails_pkey` if an e-mail is among the other e-mails of another contact.
   */
  async add(workspaceId: string, id: string, patch: ContactPatch): Promise<ContactView | null> {
    const [created] = await this.addMany(workspaceId, [{ id, patch }]);
    return created ?? null;
  }

  /** Like {@link add}, for many contacts. Returns those whose e-mail and identifier were free. */
  async addMany(
    workspaceId: string,
    contacts: readonly { readonly id: string; readonly patch: ContactPatch }[],
  ): Promise<ContactView[]> {
    const rows = contacts.map(
      ({
        id,
        patch: {
          identifier,
          email,
          otherEmails = [],
          name,
          phone,
          otherPhones = [],
          company,
          companyId,
          avatarUrl,
          customFields = {},
          tags = [],
          status = 'active',
        },
      }) => ({
        id,
        identifier,
        email,
        other_emails: otherEmails,
        name,
        phone,
        other_phones: otherPhones,
        company,
        company_id: companyId,
        avatar_url: avatarUrl,
        custom_fields: customFields,
        tags,
        status,
      }),
    );
    return this.database.rows<ContactRow>(ADD, [workspaceId, JSON.stringify(rows)]);
  }

  async update(workspaceId: string, id: string, patch: ContactPatch): Promise<ContactView> {
    const values: unknown[] = [workspaceId, id];
    const sets = (Object.keys(patch) as (keyof ContactPatch)[]).map((field) => {
      const value =
        field === 'customFields' || field === 'avatar' ? patch[field] && JSON.stringify(patch[field]) : patch[field];
      return `${COLUMN_BY_FIELD[field]} = $${values.push(value)}`;
    });
    const text = `update identity.contacts c set ${sets.join(', ')}, version = version + 1, updated_at = now()
      where ${LIVE_CONTACT} and c.id = $2 returning ${CONTACT_COLUMNS}`;
    return (await this.database.row<ContactRow>(composedStatement('identity.update-contact', text), values))!;
  }

  /** Deletes a contact and releases its addresses. */
  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  /**
   * Increments the conversation count and sets the time of the last message. Returns the contact, or null if there is
   * no such contact.
   */
  recordConversationStarted(workspaceId: string, id: string, at: string): Promise<ConversationContact | null> {
    return this.database.row(RECORD_CONVERSATION_STARTED, [workspaceId, id, at]);
  }

  /**
   * The contact that a contact was merged into, across several merges; null if it was not merged or the other contact
   * is deleted.
   */
  async findMergeRoot(workspaceId: string, id: string): Promise<ContactView | null> {
    const root = await this.database.row<{ id: string | null }>(FIND_MERGE_ROOT, [workspaceId, id]);
    return root?.id ? this.find(workspaceId, root.id) : null;
  }

  async findErasedAt(workspaceId: string, id: string): Promise<string | null> {
    return (await this.database.row<{ erased_at: string }>(FIND_ERASED_AT, [workspaceId, id]))?.erased_at ?? null;
  }

  /** IDs of the contact and of all contacts merged into it, directly or indirectly. */
  async listMergedIds(workspaceId: string, id: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LIST_MERGED_IDS, [workspaceId, id])).map((row) => row.id);
  }

  /** True if a contact merged into this one has the same avatar file, which undoing the merge needs. */
  async sharesAvatar(workspaceId: string, id: string, key: string): Promise<boolean> {
    return (await this.database.row(SHARES_AVATAR, [workspaceId, id, key])) !== null;
  }

  /** Updates `blocked` of the contacts from the existing blocks. Returns the contacts that changed. */
  refreshBlocked(workspaceId: string, contactIds: readonly string[]): Promise<{ id: string; blocked: boolean }[]> {
    return this.database.rows<{ id: string; blocked: boolean }>(REFRESH_BLOCKED, [workspaceId, contactIds]);
  }

  async touchLastSeen(workspaceId: string, id: string, at: string): Promise<void> {
    await this.database.execute(TOUCH_LAST_SEEN, [workspaceId, id, at]);
  }
}
