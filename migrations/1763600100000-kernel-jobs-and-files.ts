import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gives the app role access to the job queues. The tables of the queue in Postgres belong to its library. */
export class KernelJobsAndFiles1763600100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The schema of the library is created after our migrations, so its functions are resolved at run time. Between the
    // two steps, a worker can take the keyed job before it is replaced. The function then adds no job and returns
    // null. A second call finds the job running and adds another one.
    await runner.query(`
      create function kernel.enqueue_job(job text, envelope jsonb, replaces text, delay_seconds double precision, attempts int)
      returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
      declare added bigint;
      begin
        for look in 1..50 loop
          select id into added from graphile_worker.add_job(
            identifier => job, payload => envelope::json, max_attempts => attempts, job_key => replaces, flags => array[job],
            run_at => case when delay_seconds > 0 then clock_timestamp() + make_interval(secs => delay_seconds) end);
          if added is not null then return; end if;
        end loop;
        raise exception 'the job % with the key % could not be enqueued', job, replaces using errcode = '55P03';
      end $$`);
    await runner.query(`revoke all on function kernel.enqueue_job from public`);
    // A row stays until its job is settled. The relay enqueues the job if the row still exists at that time.
    await runner.query(`alter table kernel.job_outbox rename column created_at to hand_over_at`);
    await runner.query(`alter index kernel.job_outbox_age rename to job_outbox_hand_over`);
    await runner.query(`
      create table kernel.job_keys (
        key text primary key,
        job_id uuid not null
      )`);
    await runner.query(`
      do $$ begin
        if exists (select 1 from pg_roles where rolname = 'parley_app') then
          grant execute on function kernel.enqueue_job to parley_app;
          grant select, insert, update on kernel.job_keys to parley_app;
          revoke select, update, delete on kernel.job_outbox from parley_app;
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table kernel.job_keys`);
    await runner.query(`alter index kernel.job_outbox_hand_over rename to job_outbox_age`);
    await runner.query(`alter table kernel.job_outbox rename column hand_over_at to created_at`);
    await runner.query(`drop function kernel.enqueue_job`);
    await runner.query(`
      do $$ begin
        if exists (select 1 from pg_roles where rolname = 'parley_app') then
          grant select, update, delete on kernel.job_outbox to parley_app;
        end if;
      end $$`);
  }
}
