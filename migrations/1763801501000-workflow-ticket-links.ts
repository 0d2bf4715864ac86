import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates links between tickets, and merges of tickets. */
export class WorkflowTicketLinks1763801501000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table workflow.ticket_links (
        id uuid primary key,
        workspace_id uuid not null,
        kind text not null check (kind in ('child', 'duplicate', 'related')),
        source_id uuid not null references workflow.tickets (id) on delete cascade,
        target_id uuid not null references workflow.tickets (id) on delete cascade,
        created_at timestamptz(3) not null,
        check (source_id <> target_id)
      )`);
    await runner.query(`create unique index ticket_links_pair on workflow.ticket_links (source_id, target_id, kind)`);
    await runner.query(
      `create unique index ticket_links_parent on workflow.ticket_links (source_id) where kind = 'child'`,
    );
    await runner.query(`create index ticket_links_target on workflow.ticket_links (target_id)`);
    await runner.query(`
      create table workflow.ticket_merges (
        id uuid primary key,
        workspace_id uuid not null,
        source_id uuid not null references workflow.tickets (id) on delete cascade,
        target_id uuid not null references workflow.tickets (id) on delete cascade,
        receipt jsonb not null,
        merged_at timestamptz(3) not null,
        undone_at timestamptz(3)
      )`);
    await runner.query(
      `create unique index ticket_merges_source on workflow.ticket_merges (source_id) where undone_at is null`,
    );
    await runner.query(
      `create index ticket_merges_target on workflow.ticket_merges (target_id) where undone_at is null`,
    );
    for (const table of ['ticket_links', 'ticket_merges'])
      await runner.query(`call kernel.isolate('workflow.${table}')`);
    await runner.query(`call kernel.open_schema('workflow')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table workflow.ticket_merges`);
    await runner.query(`drop table workflow.ticket_links`);
  }
}
