import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

const REPLACE_EMAILS = statement(
  'identity.keep-contact-emails',
  `with wanted as (select distinct lower(address) as address from unnest($3::text[]) address), dropped as (
     delete from identity.contact_emails e where e.workspace_id = $1 and e.contact_id = $2 and e.address not in (select address from wanted)
   )
   insert into identity.contact_emails (workspace_id, address, contact_id) select $1, w.address, $2 from wanted w
   where not exists (select 1 from identity.contact_emails e where e.workspace_id = $1 and e.contact_id = $2 and e.address = w.address)`,
);
const REPLACE_PHONES = statement(
  'identity.keep-contact-phones',
  `with wanted as (select distinct number from unnest($3::text[]) number), dropped as (
     delete from identity.contact_phones p where p.workspace_id = $1 and p.contact_id = $2 and p.number not in (select number from wanted)
   )
   insert into identity.contact_phones (workspace_id, number, contact_id) select $1, w.number, $2 from wanted w
   where not exists (select 1 from identity.contact_phones p where p.workspace_id = $1 and p.contact_id = $2 and p.number = w.number)`,
);

/** Which contact each e-mail and telephone number belongs to: rows of `identity.contact_emails` and `identity.contact_phones`. */
@Injectable()
export class ContactAddressesRepository {
  constructor(private readonly database: Database) {}

  /** Makes these all the e-mails of a contact that is locked. Fails on `contact_emails_pkey` when one is another's. */
  async replaceEmails(workspaceId: string, contactId: string, emails: readonly string[]): Promise<void> {
    await this.database.execute(REPLACE_EMAILS, [workspaceId, contactId, emails]);
  }

  /** Makes these all the telephone numbers of a contact that is locked. Fails on `contact_phones_pkey` when one is another's. */
  async replacePhones(workspaceId: string, contactId: string, phones: readonly string[]): Promise<void> {
    await this.database.execute(REPLACE_PHONES, [workspaceId, contactId, phones]);
  }
}
