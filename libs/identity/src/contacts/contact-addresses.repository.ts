import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

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

/** Owners of e-mail addresses and phone numbers: rows of `identity.contact_emails` and `identity.contact_phones`. */
@Injectable()
export class ContactAddressesRepository {
  constructor(private readonly database: Database) {}

  /** Locks phone numbers until the transaction ends, so that concurrent requests do not create a contact for each. */
  async lockPhones(workspaceId: string, phones: readonly string[]): Promise<void> {
    for (const phone of [...new Set(phones)].sort()) await this.database.execute(LOCK_PHONE, [workspaceId, phone]);
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
