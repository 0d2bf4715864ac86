import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { ContactView } from '../contacts/contact.view.js';

/** The result of a dry run for one contact, with its unique keys. */
export interface ContactDraft {
  readonly contact: ContactView;
  readonly keys: readonly string[];
}

const FIND = statement(
  'identity.find-import-drafts',
  `select d.contact, d.keys from identity.import_drafts d where d.workspace_id = $1 and d.import_id = $2
    and (d.keys && $3::text[] or d.contact_id = any($4))`,
);
const UPSERT = statement(
  'identity.upsert-import-drafts',
  `insert into identity.import_drafts (import_id, workspace_id, contact_id, keys, contact)
   select $2, $1, (g.contact ->> 'id')::uuid, array(select jsonb_array_elements_text(g.keys)), g.contact
     from jsonb_to_recordset($3::jsonb) as g (contact jsonb, keys jsonb)
   on conflict (import_id, contact_id) do update set keys = excluded.keys, contact = excluded.contact`,
);
const DELETE = statement(
  'identity.delete-import-drafts',
  'delete from identity.import_drafts where workspace_id = $1 and import_id = $2',
);

@Injectable()
export class ImportDraftsRepository {
  constructor(private readonly database: Database) {}

  /** Drafts that have one of the keys or belong to one of the contacts. */
  find(
    workspaceId: string,
    importId: string,
    keys: readonly string[],
    contactIds: readonly string[],
  ): Promise<ContactDraft[]> {
    return this.database.rows<ContactDraft & { [column: string]: unknown }>(FIND, [
      workspaceId,
      importId,
      keys,
      contactIds,
    ]);
  }

  /** Replaces earlier drafts of the same contacts. */
  async upsert(workspaceId: string, importId: string, drafts: readonly ContactDraft[]): Promise<void> {
    await this.database.execute(UPSERT, [workspaceId, importId, JSON.stringify(drafts)]);
  }

  async deleteByImport(workspaceId: string, importId: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, importId]);
  }
}
