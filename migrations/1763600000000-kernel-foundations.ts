import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the event log, its subscriptions, timers, stored responses and secrets. */
export class KernelFoundations1763600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create schema if not exists kernel`);
    await runner.query(`
      do $$ begin
        create role parley_app nologin;
      exception
        when duplicate_object or unique_violation then null;
        when insufficient_privilege then raise notice 'no right to create roles: row-level security stays off';
      end $$`);
    await runner.query(`
      do $$ begin
        if exists (select 1 from pg_roles where rolname = 'parley_app') then
          execute format('grant parley_app to %I', current_user);
        end if;
      exception when insufficient_privilege or invalid_grant_operation then
        raise notice 'no right to use the role parley_app: row-level security stays off';
      end $$`);
    await this.isolation(runner);
    await this.eventLog(runner);
    await this.timersAndJobs(runner);
    await this.requests(runner);
  }

  /**
   * Creates `kernel.isolate(table)`, which hides the rows of other workspaces from the app role. Without a current
   * workspace it hides all rows.
   */
  private async isolation(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function kernel.current_workspace() returns uuid language sql stable parallel safe as
      $$ select nullif(current_setting('parley.workspace_id', true), '')::uuid $$`);
    await runner.query(`
      create procedure kernel.open_schema(schema_name text) language plpgsql as $$ begin
        if exists (select 1 from pg_roles where rolname = 'parley_app') then
          execute format('grant usage on schema %I to parley_app', schema_name);
          execute format('grant select, insert, update, delete on all tables in schema %I to parley_app', schema_name);
          execute format('grant usage, select on all sequences in schema %I to parley_app', schema_name);
          execute format('grant execute on all functions in schema %I to parley_app', schema_name);
        end if;
      end $$`);
    await runner.query(`
      create procedure kernel.isolate(table_name regclass, workspace_column text default 'workspace_id') language plpgsql as $$ begin
        execute format('alter table %s enable row level security', table_name);
        execute format('create policy workspace on %s using (%I = kernel.current_workspace()) with check (%I = kernel.current_workspace())',
          table_name, workspace_column, workspace_column);
      end $$`);
  }

  private async eventLog(runner: QueryRunner): Promise<void> {
    await runner.query(`create sequence kernel.event_positions as bigint cache 1`);
    // Positions are assigned before the commit, so a later one can become visible first. Each appending transaction
    // therefore announces its first position with a shared advisory lock that ends with the transaction, and readers
    // stop before the lowest announced position. See kernel.event_horizon().
    await runner.query(`
      create function kernel.next_event_position() returns bigint language plpgsql volatile as $$
      declare floor bigint;
      begin
        if coalesce(current_setting('parley.appending', true), '') = '' then
          select case when is_called then last_value else 0 end into floor from kernel.event_positions;
          perform pg_advisory_xact_lock_shared((x'5041'::bigint << 48) | floor);
          perform set_config('parley.appending', '1', true);
        end if;
        return nextval('kernel.event_positions');
      end $$`);
    await runner.query(`
      create function kernel.event_horizon() returns bigint language plpgsql volatile as $$
      declare ceiling bigint; floor bigint;
      begin
        -- Read the ceiling before the locks: a transaction that announces later gets a position above the ceiling.
        select case when is_called then last_value else 0 end into ceiling from kernel.event_positions;
        select min(((classid::bigint & x'ffff'::bigint) << 32) | objid::bigint) into floor from pg_locks
          where locktype = 'advisory' and objsubid = 1 and granted and (classid::bigint >> 16) = x'5041'::bigint
            and database = (select oid from pg_database where datname = current_database());
        return least(ceiling, coalesce(floor, ceiling));
      end $$`);
    await runner.query(`
      create table kernel.events (
        position bigint primary key default kernel.next_event_position(),
        id uuid not null unique,
        workspace_id uuid not null,
        type text not null,
        subject_type text not null,
        subject_id uuid not null,
        actor jsonb not null,
        data jsonb not null,
        correlation_id text not null,
        causation_id uuid,
        depth smallint not null default 0,
        change_set xid8 not null default pg_current_xact_id(),
        occurred_at timestamptz(3) not null
      )`);
    await runner.query(`create index events_workspace on kernel.events (workspace_id, position)`);
    await runner.query(`create index events_subject on kernel.events (subject_id, position)`);
    await runner.query(`create index events_type on kernel.events (type, position)`);
    await runner.query(`
      create table kernel.subscriptions (
        id text primary key,
        position bigint not null,
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`
      create table kernel.dead_letters (
        id uuid primary key,
        workspace_id uuid,
        kind text not null check (kind in ('event', 'timer', 'job')),
        consumer text not null,
        event_position bigint,
        payload jsonb not null,
        error text not null,
        attempts int not null,
        parked_at timestamptz(3) not null,
        redriven_at timestamptz(3),
        unique (consumer, event_position)
      )`);
    await runner.query(`create index dead_letters_workspace on kernel.dead_letters (workspace_id, parked_at desc)`);
  }

  private async timersAndJobs(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table kernel.timers (
        id uuid primary key,
        workspace_id uuid not null,
        kind text not null,
        key text not null,
        payload jsonb not null,
        due_at timestamptz(3) not null,
        attempts int not null default 0,
        unique (kind, key)
      )`);
    await runner.query(`create index timers_due on kernel.timers (due_at)`);
    await runner.query(`
      create table kernel.job_outbox (
        id uuid primary key,
        job text not null,
        payload jsonb not null,
        key text,
        run_at timestamptz(3) not null,
        attempts int not null,
        created_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create index job_outbox_age on kernel.job_outbox (created_at)`);
  }

  private async requests(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table kernel.idempotency_keys (
        credential_id uuid not null,
        route text not null,
        key text not null,
        workspace_id uuid not null,
        body_hash text not null,
        status smallint not null,
        headers jsonb not null,
        body text,
        created_at timestamptz(3) not null,
        primary key (credential_id, route, key)
      )`);
    await runner.query(`create index idempotency_keys_age on kernel.idempotency_keys (created_at)`);
    await runner.query(`create table kernel.secrets (name text primary key, value text not null)`);
    await runner.query(`call kernel.isolate('kernel.events')`);
    await runner.query(`call kernel.isolate('kernel.idempotency_keys')`);
    await runner.query(`call kernel.isolate('kernel.dead_letters')`);
    await runner.query(`call kernel.isolate('kernel.timers')`);
    await runner.query(`call kernel.open_schema('kernel')`);
    await runner.query(`
      do $$ begin
        if exists (select 1 from pg_roles where rolname = 'parley_app') then
          revoke all on kernel.secrets, kernel.subscriptions from parley_app;
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema kernel cascade`);
  }
}
