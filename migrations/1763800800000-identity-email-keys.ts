import { domainToASCII } from 'node:url';
import type { MigrationInterface, QueryRunner } from 'typeorm';

interface ContactRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly email: string | null;
  readonly other_emails: string[];
  readonly live: boolean;
}

/**
 * Compares e-mails by the case of ASCII letters only, and stores domains in their ASCII form. An address that belongs to
 * another contact in its new form stays as it is, so that no data is lost.
 */
export class IdentityEmailKeys1763800800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index identity.contacts_email`);
    await runner.query(
      `create unique index contacts_email on identity.contacts (workspace_id, lower(email collate "C")) where deleted_at is null`,
    );
    const contacts = (await runner.query(
      `select id, workspace_id, email, other_emails, deleted_at is null as live from identity.contacts
        where email ~ '[^\\u0001-\\u007f]' or array_to_string(other_emails, ' ') ~ '[^\\u0001-\\u007f]' order by id`,
    )) as ContactRow[];
    for (const contact of contacts) await this.normalizeContact(runner, contact);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index identity.contacts_email`);
    await runner.query(
      `create unique index contacts_email on identity.contacts (workspace_id, lower(email)) where deleted_at is null`,
    );
  }

  private async normalizeContact(
    runner: QueryRunner,
    { id, workspace_id: workspaceId, email, other_emails: others, live }: ContactRow,
  ): Promise<void> {
    const addresses: string[] = [];
    if (live) await runner.query(`delete from identity.contact_emails where contact_id = $1`, [id]);
    for (const address of email === null ? [] : [email, ...others]) {
      const normalized = normalize(address);
      addresses.push(live && !(await this.claim(runner, workspaceId, id, normalized)) ? address : normalized);
      if (live && addresses.at(-1) === address && address !== normalized)
        await this.claim(runner, workspaceId, id, address);
    }
    await runner.query(`update identity.contacts set email = $2, other_emails = $3 where id = $1`, [
      id,
      addresses[0] ?? null,
      addresses.slice(1),
    ]);
  }

  /** Returns false if another contact has the address. */
  private async claim(runner: QueryRunner, workspaceId: string, id: string, address: string): Promise<boolean> {
    const [{ owner }] = (await runner.query(
      `with added as (
         insert into identity.contact_emails (workspace_id, address, contact_id)
           values ($1, lower($3::text collate "C"), $2) on conflict do nothing returning contact_id
       ) select coalesce((select contact_id from added), (select contact_id from identity.contact_emails
           where workspace_id = $1 and address = lower($3::text collate "C"))) as owner`,
      [workspaceId, id, address],
    )) as [{ owner: string }];
    return owner === id;
  }
}

/** Like the function of the kernel at the time of this migration. */
function normalize(address: string): string {
  const visible = address.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').trim();
  const at = visible.lastIndexOf('@') + 1;
  const localPart = visible.slice(0, at).replace(/[^\u212a\u037e\u1fef]+/gu, (part) => part.normalize('NFC'));
  const domain = visible.slice(at);
  return localPart + (/[^\0-\x7f]/.test(domain) ? domainToASCII(domain) || domain : domain);
}
