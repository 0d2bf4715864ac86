import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates tickets with their types, custom statuses and numbers. */
export class WorkflowTickets1763801500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createSettings(runner);
    await this.createTickets(runner);
    for (const table of ['ticket_types', 'ticket_statuses', 'ticket_numbers', 'tickets', 'ticket_moves'])
      await runner.query(`call kernel.isolate('workflow.${table}')`);
    await runner.query(`call kernel.open_schema('workflow')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ticket_moves', 'tickets', 'ticket_numbers', 'ticket_statuses', 'ticket_types'])
      await runner.query(`drop table workflow.${table}`);
  }

  private async createSettings(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table workflow.ticket_types (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        name text not null,
        description text,
        form jsonb not null default '[]',
        default_priority text check (default_priority in ('urgent', 'high', 'normal', 'low', 'none')),
        team_id uuid,
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await runner.query(`create unique index ticket_types_name on workflow.ticket_types (workspace_id, lower(name))`);
    await runner.query(`create index ticket_types_created on workflow.ticket_types (workspace_id, created_at, id)`);
    await runner.query(`
      create table workflow.ticket_statuses (
        id uuid primary key,
        workspace_id uuid not null,
        name text not null,
        category text not null check (category in ('open', 'pending', 'resolved', 'closed')),
        position int not null,
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await runner.query(
      `create unique index ticket_statuses_name on workflow.ticket_statuses (workspace_id, lower(name))`,
    );
    await runner.query(`create index ticket_statuses_order on workflow.ticket_statuses (workspace_id, position, id)`);
  }

  private async createTickets(runner: QueryRunner): Promise<void> {
    await runner.query(`create table workflow.ticket_numbers (workspace_id uuid primary key, last bigint not null)`);
    await runner.query(`
      create table workflow.tickets (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        number bigint not null,
        subject text not null,
        description text,
        status text not null default 'open' check (status in ('open', 'pending', 'resolved', 'closed')),
        custom_status_id uuid,
        status_changed_at timestamptz(3) not null,
        priority text not null default 'normal' check (priority in ('urgent', 'high', 'normal', 'low', 'none')),
        type_id uuid,
        inbox_id uuid,
        contact_id uuid not null,
        conversation_id uuid not null,
        owns_conversation boolean not null,
        moved_from_conversation_id uuid,
        assignee_id uuid,
        team_id uuid,
        tags text[] not null default '{}',
        custom_fields jsonb not null default '{}',
        external_id text,
        merged_into uuid,
        resolved_at timestamptz(3),
        closed_at timestamptz(3),
        reopen_count int not null default 0,
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        search tsvector generated always as (
          setweight(kernel.search_vector(subject), 'A')
          || setweight(kernel.search_vector(left(coalesce(description, ''), 100000)), 'B')
        ) stored,
        unique (workspace_id, number)
      )`);
    for (const key of ['created_at', 'updated_at']) {
      await runner.query(`create index tickets_${key} on workflow.tickets (workspace_id, ${key}, id)`);
      await runner.query(`create index tickets_status_${key} on workflow.tickets (workspace_id, status, ${key}, id)`);
    }
    await runner.query(`
      create index tickets_priority on workflow.tickets (workspace_id,
        (array_position(array['none', 'low', 'normal', 'high', 'urgent'], priority)), created_at, id)`);
    for (const owner of ['assignee_id', 'team_id', 'contact_id', 'inbox_id', 'type_id'])
      await runner.query(
        `create index tickets_${owner.slice(0, -3)} on workflow.tickets (workspace_id, ${owner}, created_at, id)`,
      );
    await runner.query(`create index tickets_custom_status on workflow.tickets (workspace_id, custom_status_id, id)
      where custom_status_id is not null`);
    await runner.query(`create index tickets_conversation on workflow.tickets (workspace_id, conversation_id, id)`);
    await runner.query(`create index tickets_tags on workflow.tickets using gin (workspace_id, tags)`);
    await runner.query(`create index tickets_search on workflow.tickets using gin (workspace_id, search)`);
    await runner.query(`create unique index tickets_external on workflow.tickets (workspace_id, external_id)
      where external_id is not null`);
    await runner.query(`
      create table workflow.ticket_moves (
        move_id uuid not null,
        ticket_id uuid not null references workflow.tickets (id) on delete cascade,
        workspace_id uuid not null,
        from_contact_id uuid not null,
        primary key (move_id, ticket_id)
      )`);
    await runner.query(`create index ticket_moves_ticket on workflow.ticket_moves (ticket_id)`);
  }
}
