import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds erased contacts and exports of contact data. */
export class IdentityPrivacy1763700500100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table identity.contacts add column erased_at timestamptz(3)`);
    await runner.query(
      `create index contacts_to_erase on identity.contacts (deleted_at) where deleted_at is not null and merged_into is null and erased_at is null`,
    );
    await runner.query(`
      create table identity.exports (
        id uuid primary key,
        workspace_id uuid not null,
        kind text not null check (kind in ('contacts', 'person')),
        contact_id uuid,
        options jsonb not null,
        status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed', 'expired')),
        total int,
        written int not null default 0,
        file jsonb,
        error text,
        actor jsonb not null,
        created_at timestamptz(3) not null,
        started_at timestamptz(3),
        ended_at timestamptz(3),
        expires_at timestamptz(3)
      )`);
    await runner.query(`create index exports_order on identity.exports (workspace_id, created_at, id)`);
    await runner.query(`create index exports_age on identity.exports (created_at)`);
    await runner.query(`create index exports_expiry on identity.exports (expires_at) where file is not null`);
    await runner.query(`call kernel.isolate('identity.exports')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.exports`);
    await runner.query(`alter table identity.contacts drop column erased_at`);
  }
}
