import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds imports of contacts and the errors of their rows. */
export class IdentityImports1763700050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.imports (
        id uuid primary key,
        workspace_id uuid not null,
        status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed', 'canceled')),
        file_key text not null,
        file_name text not null,
        file_size bigint not null,
        options jsonb not null,
        actor jsonb not null,
        rows_read int not null default 0,
        bytes_read bigint not null default 0,
        created int not null default 0,
        updated int not null default 0,
        unchanged int not null default 0,
        skipped int not null default 0,
        failed int not null default 0,
        error text,
        created_at timestamptz(3) not null,
        started_at timestamptz(3),
        ended_at timestamptz(3)
      )`);
    await runner.query(`create index imports_order on identity.imports (workspace_id, created_at, id)`);
    await runner.query(`create index imports_age on identity.imports (ended_at)`);
    await runner.query(`
      create table identity.import_errors (
        import_id uuid not null references identity.imports (id) on delete cascade,
        row_number int not null,
        workspace_id uuid not null,
        reasons jsonb not null,
        record jsonb not null,
        primary key (import_id, row_number)
      )`);
    for (const table of ['imports', 'import_errors']) await runner.query(`call kernel.isolate('identity.${table}')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.import_errors`);
    await runner.query(`drop table identity.imports`);
  }
}
