import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel';
import { CONTACT_COLUMNS, LIVE_CONTACT, toContactView, type ContactRow } from '../contacts/contact-row.js';
import type { ContactFields, ContactView } from '../contacts/contact.view.js';
import type { Owners } from './import-decision.js';

const OWNERS = statement(
  'identity.owners-of-addresses',
  `with held as (
     select 'email' as kind, e.address as value, e.contact_id from identity.contact_emails e where e.workspace_id = $1 and e.address = any($2)
     union all select 'phone', p.number, p.contact_id from identity.contact_phones p where p.workspace_id = $1 and p.number = any($3)
     union all select 'identifier', k.identifier, k.id from identity.contacts k where k.workspace_id = $1 and k.identifier = any($4) and k.deleted_at is null
   ) select held.kind, held.value, ${CONTACT_COLUMNS} from held join identity.contacts c on c.id = held.contact_id and ${LIVE_CONTACT}`,
);

/** Who has what, of many addresses at once. */
@Injectable()
export class ContactOwnersRepository {
  constructor(private readonly database: Database) {}

  /** Everybody who has an address or identifier of the rows. */
  async ofRows(workspaceId: string, rows: readonly ContactFields[]): Promise<Owners> {
    const emails = rows.flatMap(({ email }) => (email ? [email.toLowerCase()] : []));
    const phones = rows.flatMap(({ phone }) => (phone ? [phone] : []));
    const identifiers = rows.flatMap(({ identifier }) => (identifier ? [identifier] : []));
    const found = await this.database.rows<ContactRow & { kind: string; value: string }>(OWNERS, [workspaceId, emails, phones, identifiers]);
    const of = (kind: string): Map<string, ContactView> => new Map(found.filter((row) => row.kind === kind).map((row) => [row.value, toContactView(row)]));
    return { emails: of('email'), phones: of('phone'), identifiers: of('identifier') };
  }
}
