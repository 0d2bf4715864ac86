import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import { ContactAddressesRepository } from '../contacts/contact-addresses.repository.js';
import { CONTACT_COLUMNS } from '../contacts/contact-row.js';
import type { ContactView } from '../contacts/contact.view.js';
import type { MergeState } from './contact-merge.js';

/** A contact with its merge state. */
export interface MergeableContact extends ContactView {
  readonly deleted: boolean;
  /** Merge that merged the contact into another contact; null if it was not merged. */
  readonly mergeId: string | null;
}

/** Fields that identify a contact. */
export type ContactKeys = Pick<MergeState, 'identifier' | 'email' | 'otherEmails' | 'phone' | 'otherPhones'>;

const LOCK = statement(
  'identity.lock-contacts-to-merge',
  `select ${CONTACT_COLUMNS}, c.deleted_at is not null as deleted, c.merge_id as "mergeId" from identity.contacts c
    where c.workspace_id = $1 and c.id = any($2) order by c.id for update`,
);
const MARK_MERGED = statement(
  'identity.mark-contacts-merged',
  `with merged as (
     update identity.contacts set deleted_at = $5, merged_into = $3, merge_id = $4, version = version + 1,
       updated_at = $5 where workspace_id = $1 and id = any($2) returning id
   ), emails as (
     delete from identity.contact_emails e using merged where e.contact_id = merged.id
   ), phones as (
     delete from identity.contact_phones p using merged where p.contact_id = merged.id
   ) select id from merged`,
);
const RESTORE = statement(
  'identity.restore-contact',
  `update identity.contacts set deleted_at = null, merged_into = null, merge_id = null, identifier = $3, email = $4,
    other_emails = $5, phone = $6, other_phones = $7, version = version + 1,
     updated_at = $8 where workspace_id = $1 and id = $2`,
);
const UPDATE = statement(
  'identity.update-merged-contact',
  `update identity.contacts c set identifier = $3, email = $4, other_emails = $5, name = $6, phone = $7,
    other_phones = $8, company = $9, company_id = (select k.id from identity.companies k where k.id = $10),
     avatar_url = $11, avatar = $12, custom_fields = $13, tags = $14, conversation_count = $15, ticket_count = $16,
       last_seen_at = $17, version = version + 1, updated_at = $18
   where c.workspace_id = $1 and c.id = $2`,
);
const FIND_USED_KEYS = statement(
  'identity.find-used-contact-keys',
  `select e.address from identity.contact_emails e where e.workspace_id = $1 and e.address in (select lower(a collate "C")
    from unnest($2::text[]) a)
   union all select c.identifier from identity.contacts c where c.workspace_id = $1 and c.deleted_at is null
     and c.identifier = $3`,
);

/** Writes contacts that are merged or restored. */
@Injectable()
export class MergedContactsRepository {
  constructor(
    private readonly database: Database,
    private readonly addresses: ContactAddressesRepository,
  ) {}

  /** The given contacts in any state, locked in ID order until the transaction ends. Unknown IDs are skipped. */
  async lock(workspaceId: string, ids: readonly string[]): Promise<Map<string, MergeableContact>> {
    const rows = await this.database.rows<Pick<MergeableContact, keyof MergeableContact>>(LOCK, [workspaceId, ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Marks contacts as merged into another contact and releases their addresses. */
  async markMerged(
    workspaceId: string,
    ids: readonly string[],
    targetId: string,
    mergeId: string,
    now: string,
  ): Promise<void> {
    await this.database.execute(MARK_MERGED, [workspaceId, ids, targetId, mergeId, now]);
  }

  /** Restores a contact with the given addresses and identifier. */
  async restore(workspaceId: string, id: string, state: ContactKeys, now: string): Promise<void> {
    await this.database.execute(RESTORE, [
      workspaceId,
      id,
      state.identifier,
      state.email,
      state.otherEmails,
      state.phone,
      state.otherPhones,
      now,
    ]);
    await this.replaceAddresses(workspaceId, id, state);
  }

  /** Writes all fields that a merge can change. */
  async update(workspaceId: string, id: string, state: MergeState, now: string): Promise<void> {
    await this.database.execute(UPDATE, [
      workspaceId,
      id,
      state.identifier,
      state.email,
      state.otherEmails,
      state.name,
      state.phone,
      state.otherPhones,
      state.company,
      state.companyId,
      state.avatarUrl,
      state.avatar && JSON.stringify(state.avatar),
      JSON.stringify(state.customFields),
      state.tags,
      state.conversationCount,
      state.ticketCount,
      state.lastSeenAt,
      now,
    ]);
    await this.replaceAddresses(workspaceId, id, state);
  }

  /** The keys of the given e-mails and the given identifier that live contacts use. */
  async findUsedKeys(workspaceId: string, emails: readonly string[], identifier: string | null): Promise<Set<string>> {
    const rows = await this.database.rows<{ address: string }>(FIND_USED_KEYS, [workspaceId, emails, identifier]);
    return new Set(rows.map(({ address }) => address));
  }

  private async replaceAddresses(
    workspaceId: string,
    id: string,
    { email, otherEmails, phone, otherPhones }: ContactKeys,
  ): Promise<void> {
    await this.addresses.replaceEmails(workspaceId, id, email === null ? [] : [email, ...otherEmails]);
    await this.addresses.replacePhones(workspaceId, id, phone === null ? [] : [phone, ...otherPhones]);
  }
}
