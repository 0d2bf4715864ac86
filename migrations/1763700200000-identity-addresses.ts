import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets contacts have several e-mail addresses and phone numbers. Each belongs to one contact that is not deleted. */
export class IdentityAddresses1763700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table identity.contacts add column other_emails text[] not null default '{}', add column other_phones text[] not null default '{}'`,
    );
    await runner.query(`
      create table identity.contact_emails (
        workspace_id uuid not null,
        address text not null,
        contact_id uuid not null references identity.contacts (id) on delete cascade,
        primary key (workspace_id, address)
      )`);
    await runner.query(`
      create table identity.contact_phones (
        workspace_id uuid not null,
        number text not null,
        contact_id uuid not null references identity.contacts (id) on delete cascade,
        primary key (workspace_id, number)
      )`);
    await runner.query(`create index contact_emails_contact on identity.contact_emails (contact_id)`);
    await runner.query(`create index contact_phones_contact on identity.contact_phones (contact_id)`);
    await runner.query(`
      insert into identity.contact_emails (workspace_id, address, contact_id)
      select workspace_id, lower(email), id from identity.contacts where email is not null and deleted_at is null`);
    await runner.query(`
      insert into identity.contact_phones (workspace_id, number, contact_id)
      select workspace_id, phone, id from identity.contacts where phone ~ '^\\+[1-9][0-9]{6,14}$' and deleted_at is null order by created_at, id on conflict do nothing`);
    for (const table of ['contact_emails', 'contact_phones'])
      await runner.query(`call kernel.isolate('identity.${table}')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.contact_emails, identity.contact_phones`);
    await runner.query(`alter table identity.contacts drop column other_emails, drop column other_phones`);
  }
}
