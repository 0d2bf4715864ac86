import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the table of the schedules of periodic jobs. */
export class KernelJobSchedules1763800500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table kernel.job_schedules (
        job text primary key,
        every_seconds double precision not null,
        due_at timestamptz(3) not null,
        enqueued_at timestamptz(3)
      )`);
    // Only the system uses it.
    await runner.query(`
      do $$ begin
        if exists (select 1 from pg_roles where rolname = 'parley_app') then
          revoke all on kernel.job_schedules from parley_app;
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table kernel.job_schedules`);
  }
}
