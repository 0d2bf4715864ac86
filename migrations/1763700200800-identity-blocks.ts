import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds blocked visitors. */
export class IdentityBlocks1763700200800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.blocks (
        id uuid primary key,
        workspace_id uuid not null,
        contact_id uuid references identity.contacts (id) on delete cascade,
        email text,
        phone text,
        network cidr,
        reason text,
        created_by jsonb not null,
        expires_at timestamptz(3),
        created_at timestamptz(3) not null,
        check (num_nonnulls(contact_id, email, phone, network) = 1)
      )`);
    await runner.query(`create index blocks_order on identity.blocks (workspace_id, created_at, id)`);
    await runner.query(`create index blocks_contact on identity.blocks (contact_id) where contact_id is not null`);
    for (const kind of ['email', 'phone', 'network']) {
      await runner.query(
        `create unique index blocks_${kind} on identity.blocks (workspace_id, ${kind}) where ${kind} is not null`,
      );
    }
    await runner.query(`call kernel.isolate('identity.blocks')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.blocks`);
  }
}
