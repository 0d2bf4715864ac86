import { Injectable } from '@nestjs/common';
import { emailKey } from '@parley/kernel/email';
import { Database, statement } from '@parley/kernel/database';
import { CONTACT_COLUMNS, LIVE_CONTACT, type ContactRow } from './contact-row.js';
import type { ContactInput, ContactView } from './contact.view.js';

/** Fields whose value belongs to at most one contact of a workspace. */
export type UniqueField = 'email' | 'identifier';

/** A contact that owns the value of a unique field. */
export interface ContactOwner {
  readonly field: UniqueField;
  readonly owner: ContactView;
}

// The identifier of a merged contact leads to the contact that it was merged into. Postgres would plan the statement
// again for each identifier that is null and for each list of addresses, if it saw them: plans without an identifier or
// for a short list look cheaper than the general plan.
const LIST_OWNERS = statement(
  'identity.list-contact-owners',
  `with input as materialized (select $2::text as identifier, $3::text[] as addresses), owners as (
     select 'identifier' as field, 0::bigint as position, coalesce(
       (select k.id from identity.contacts k
         where k.workspace_id = $1 and k.identifier = input.identifier and k.deleted_at is null),
       (select identity.merge_root(k.id) from identity.contacts k where k.workspace_id = $1
         and k.identifier = input.identifier and k.merged_into is not null order by k.updated_at desc limit 1)) as id
     from input where input.identifier is not null
     union all select 'email', a.position, e.contact_id
       from input, unnest(input.addresses) with ordinality a (address, position) cross join lateral (
         select k.contact_id from identity.contact_emails k where k.workspace_id = $1 and k.address = a.address limit 1) e
   ) select o.field, c.* from owners o cross join lateral (
     select ${CONTACT_COLUMNS} from identity.contacts c where ${LIVE_CONTACT} and c.id = o.id limit 1) c
   order by o.position`,
);
const FIND_BY_PHONE = statement(
  'identity.find-contact-by-phone',
  `select ${CONTACT_COLUMNS} from identity.contacts c where ${LIVE_CONTACT} and c.phone = $2 and c.id in (
     select p.contact_id from identity.contact_phones p where p.workspace_id = $1 and p.number = $2) limit 2`,
);

const REPLACE_EMAILS = statement(
  'identity.replace-contact-emails',
  `with input as (select distinct lower(address collate "C") as address from unnest($3::text[]) address), removed as (
     delete from identity.contact_emails e where e.workspace_id = $1 and e.contact_id = $2
       and e.address not in (select address from input)
   )
   insert into identity.contact_emails (workspace_id, address, contact_id) select $1, w.address, $2 from input w
   where not exists (select 1 from identity.contact_emails e where e.workspace_id = $1 and e.contact_id = $2
     and e.address = w.address)`,
);
const REPLACE_PHONES = statement(
  'identity.replace-contact-phones',
  `with input as (select distinct number from unnest($3::text[]) number), removed as (
     delete from identity.contact_phones p where p.workspace_id = $1 and p.contact_id = $2
       and p.number not in (select number from input)
   )
   insert into identity.contact_phones (workspace_id, number, contact_id) select $1, w.number, $2 from input w
   where not exists (select 1 from identity.contact_phones p where p.workspace_id = $1 and p.contact_id = $2
     and p.number = w.number)`,
);

const LOCK_PHONE = statement(
  'identity.lock-phone',
  `select pg_advisory_xact_lock(hashtextextended('parley.phone:' || $1 || ':' || $2, 0))`,
);

/** Owners of identifiers, e-mail addresses and phone numbers; rows of `identity.contact_emails` and `identity.contact_phones`. */
@Injectable()
export class ContactAddressesRepository {
  constructor(private readonly database: Database) {}

  /** Returns the owners of the identifier and of the e-mails, in this order. Finds all of them in one statement. */
  async listOwners(
    workspaceId: string,
    { identifier, email, emails = [] }: Pick<ContactInput, 'identifier' | 'email' | 'emails'>,
  ): Promise<ContactOwner[]> {
    const addresses = [...(email ? [email] : []), ...emails.map(({ value }) => value)].map(emailKey);
    if (!identifier && addresses.length === 0) return [];
    const rows = await this.database.rows<ContactRow & { field: UniqueField }>(LIST_OWNERS, [
      workspaceId,
      identifier || null,
      addresses,
    ]);
    return rows.map(({ field, ...owner }) => ({ field, owner }));
  }

  /**
   * Returns the only contact with this primary phone number (E.164); null if there are several. Locks the number until
   * the transaction ends, so that concurrent requests do not create a contact for each.
   */
  async findByPhoneAndLock(workspaceId: string, phone: string): Promise<ContactView | null> {
    await this.database.execute(LOCK_PHONE, [workspaceId, phone]);
    const [found, another] = await this.database.rows<ContactRow>(FIND_BY_PHONE, [workspaceId, phone]);
    return found && !another ? found : null;
  }

  /** Replaces all e-mails of a locked contact. Fails on `contact_emails_pkey` if one belongs to another contact. */
  async replaceEmails(workspaceId: string, contactId: string, emails: readonly string[]): Promise<void> {
    await this.database.execute(REPLACE_EMAILS, [workspaceId, contactId, emails]);
  }

  /** Replaces all phone numbers of a locked contact. */
  async replacePhones(workspaceId: string, contactId: string, phones: readonly string[]): Promise<void> {
    await this.database.execute(REPLACE_PHONES, [workspaceId, contactId, phones]);
  }
}
