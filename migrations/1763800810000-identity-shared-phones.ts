import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets several contacts have the same phone number. */
export class IdentitySharedPhones1763800810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table identity.contact_phones drop constraint contact_phones_pkey,
        add constraint contact_phones_pkey primary key (workspace_id, number, contact_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from identity.contact_phones p using identity.contact_phones o
        where o.workspace_id = p.workspace_id and o.number = p.number and o.contact_id < p.contact_id`);
    await runner.query(`
      alter table identity.contact_phones drop constraint contact_phones_pkey,
        add constraint contact_phones_pkey primary key (workspace_id, number)`);
  }
}
