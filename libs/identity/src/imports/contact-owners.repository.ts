import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { Database, type Statement } from '@parley/kernel/database';
import { CONTACT_COLUMNS, LIVE_CONTACT, toContactView, type ContactRow } from '../contacts/contact-row.js';
import type { ContactInput, ContactView } from '../contacts/contact.view.js';
import { uniqueValuesOf, type ContactOwners } from './import-decision.js';

// Unnamed, so that each batch is planned separately: an import grows the tables faster than a cached plan accounts for.
const FIND_OWNERS: Statement = {
  name: '',
  text: `with owners as (
     select 'email' as kind, v.value, e.contact_id from unnest($2::text[]) v (value)
       cross join lateral (select k.contact_id from identity.contact_emails k
         where k.workspace_id = $1 and k.address = v.value limit 1) e
     union all select 'identifier', v.value, i.id from unnest($3::text[]) v (value)
       cross join lateral (select k.id from identity.contacts k where k.workspace_id = $1 and k.identifier = v.value
         and k.deleted_at is null limit 1) i
   ) select owners.kind, owners.value, c.* from owners cross join lateral (select ${CONTACT_COLUMNS}
     from identity.contacts c where c.id = owners.contact_id and ${LIVE_CONTACT} limit 1) c`,
};

const ANALYZE: Statement = {
  name: '',
  text: 'analyze identity.contacts, identity.contact_emails, identity.contact_phones',
};

/** Finds the owners of many addresses and identifiers in one statement. */
@Injectable()
export class ContactOwnersRepository {
  constructor(private readonly database: Database) {}

  /** All contacts that own an address or identifier of the rows. */
  async findByInputs(workspaceId: string, rows: readonly ContactInput[]): Promise<ContactOwners> {
    const values = rows.flatMap(uniqueValuesOf);
    const valuesOf = (field: string): string[] =>
      values.filter((item) => item.field === field).map(({ value }) => value);
    const found = await this.database.rows<ContactRow & { kind: string; value: string }>(FIND_OWNERS, [
      workspaceId,
      valuesOf('email'),
      valuesOf('identifier'),
    ]);
    const byKind = (kind: string): Map<string, ContactView> =>
      new Map(found.filter((row) => row.kind === kind).map((row) => [row.value, toContactView(row)]));
    return { emails: byKind('email'), identifiers: byKind('identifier') };
  }

  /** Updates the planner statistics after many inserts. Call it outside of a unit of work. */
  async refreshStatistics(): Promise<void> {
    await withSystemScope(() => this.database.execute(ANALYZE));
  }
}
