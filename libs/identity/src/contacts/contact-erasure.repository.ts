import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import { CONTACT_COLUMNS, type ContactRow } from './contact-row.js';
import type { ContactView } from './contact.view.js';
import { jsonLikePattern } from './json-like-pattern.js';

/** A contact that can be live, deleted, merged or erased. */
export interface ErasableContact extends ContactView {
  readonly deletedAt: string | null;
  readonly mergedInto: string | null;
  readonly erasedAt: string | null;
}

const LOCK = statement(
  'identity.lock-contacts-to-erase',
  `select ${CONTACT_COLUMNS}, c.merged_into as "mergedInto", c.erased_at as "erasedAt" from identity.contacts c
    where c.workspace_id = $1 and c.id = any($2) order by c.id for update`,
);
const FIND_ALL = statement(
  'identity.find-contacts-in-any-state',
  `select ${CONTACT_COLUMNS} from identity.contacts c where c.workspace_id = $1 and c.id = any($2) order by c.id`,
);
const LIST_MERGE_IDS = statement(
  'identity.lock-merges-to-erase',
  `select m.id from identity.merges m where m.workspace_id = $1 and (m.target_id = any($2)
    or m.contact_ids && $2::uuid[]) for update`,
);
const ERASE = statement(
  'identity.erase-contacts',
  `with erased as (
     update identity.contacts set identifier = null, email = null, other_emails = '{}', name = null, phone = null,
       other_phones = '{}', company = null, company_id = null, avatar_url = null,
       avatar = null, custom_fields = '{}', tags = '{}', status = 'inactive', blocked = false, last_seen_at = null,
         merge_id = null, version = version + 1, updated_at = $3,
       deleted_at = coalesce(deleted_at, $3), erased_at = $3 where workspace_id = $1 and id = any($2) returning id
   ), emails as (
     delete from identity.contact_emails e using erased where e.contact_id = erased.id
   ), phones as (
     delete from identity.contact_phones p using erased where p.contact_id = erased.id
   ), memberships as (
     delete from identity.segment_members m using erased where m.contact_id = erased.id
   ), tag_names as (
     delete from identity.tag_names n where n.workspace_id = $1 and n.contact_only
       and n.name in (select unnest(c.tags) from identity.contacts c where c.workspace_id = $1 and c.id = any($2))
       and not exists (select 1 from identity.contacts o
         where o.workspace_id = $1 and o.tags @> array[n.name] and not o.id = any($2))
   ) select id from erased`,
);
const DELETE_MERGES = statement(
  'identity.erase-merges',
  'delete from identity.merges where workspace_id = $1 and id = any($2)',
);
const DELETE_IMPORT_ERRORS = statement(
  'identity.erase-import-errors',
  'delete from identity.import_errors where workspace_id = $1 and lower(record::text) like any($2)',
);
const DELETE_BULK_OPERATIONS = statement(
  'identity.erase-bulk-operations',
  `delete from identity.bulk_operations where workspace_id = $1 and status = 'completed'
    and lower(concat(filter, change, results)) like any($2)`,
);
const DELETE_BULK_CHANGES = statement(
  'identity.erase-bulk-operation-changes',
  'delete from identity.bulk_operation_changes where workspace_id = $1 and object_id = any($2)',
);
const LIST_DUE = statement(
  'identity.list-contacts-to-erase',
  `select c.workspace_id as "workspaceId", c.id from identity.contacts c
    where c.deleted_at < $1 and c.merged_into is null and c.erased_at is null order by c.deleted_at limit $2`,
);

/** Erases contacts from the tables of identity. */
@Injectable()
export class ContactErasureRepository {
  constructor(private readonly database: Database) {}

  /** The given contacts in any state, locked in ID order until the transaction ends. Unknown IDs are skipped. */
  lock(workspaceId: string, ids: readonly string[]): Promise<ErasableContact[]> {
    return this.database.rows<Pick<ErasableContact, keyof ErasableContact>>(LOCK, [workspaceId, ids]);
  }

  /** The given contacts in any state. Unknown IDs are skipped. */
  find(workspaceId: string, ids: readonly string[]): Promise<ContactView[]> {
    return this.database.rows<ContactRow>(FIND_ALL, [workspaceId, ids]);
  }

  /** IDs of all merges that involve any of these contacts, including undone merges. */
  async listMergeIds(workspaceId: string, ids: readonly string[]): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LIST_MERGE_IDS, [workspaceId, ids])).map(({ id }) => id);
  }

  /**
   * Removes all personal data from contact rows but keeps the rows. Deletes the merges, the changes of bulk updates,
   * and the import errors and bulk operations that contain a search term.
   */
  async erase(
    workspaceId: string,
    ids: readonly string[],
    mergeIds: readonly string[],
    searchTerms: readonly string[],
    now: string,
  ): Promise<void> {
    await this.database.execute(ERASE, [workspaceId, ids, now]);
    await this.database.execute(DELETE_MERGES, [workspaceId, mergeIds]);
    const patterns = searchTerms.map(jsonLikePattern);
    await this.database.execute(DELETE_IMPORT_ERRORS, [workspaceId, patterns]);
    await this.database.execute(DELETE_BULK_OPERATIONS, [workspaceId, patterns]);
    await this.database.execute(DELETE_BULK_CHANGES, [workspaceId, ids]);
  }

  /** Contacts of all workspaces that were deleted before a time and are not erased yet. */
  listDue(before: Date, limit: number): Promise<{ readonly workspaceId: string; readonly id: string }[]> {
    return this.database.rows(LIST_DUE, [before, limit]);
  }
}
