import type { MigrationInterface, QueryRunner } from 'typeorm';

const EARLIER_PARAMETERS = 'text, jsonb, text, double precision, int';

/** Adds priorities to the job queue in Postgres. Jobs with a lower value run first. */
export class KernelJobPriorities1763800570000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function kernel.enqueue_job(${EARLIER_PARAMETERS})`);
    await createFunction(runner, ', job_priority int default 0', ', priority => job_priority');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function kernel.enqueue_job(${EARLIER_PARAMETERS}, int)`);
    await createFunction(runner, '', '');
  }
}

async function createFunction(runner: QueryRunner, parameter: string, argument: string): Promise<void> {
  // The schema of the library is created after our migrations, so its functions are resolved at run time. Between the
  // two steps, a worker can take the keyed job before it is replaced. The function then adds no job and returns
  // null. A second call finds the job running and adds another one.
  await runner.query(`
    create function kernel.enqueue_job(job text, envelope jsonb, replaces text, delay_seconds double precision, attempts int${parameter})
    returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
    declare added bigint;
    begin
      for attempt in 1..50 loop
        select id into added from graphile_worker.add_job(
          identifier => job, payload => envelope::json, max_attempts => attempts, job_key => replaces, flags => array[job],
          run_at => case when delay_seconds > 0 then clock_timestamp() + make_interval(secs => delay_seconds) end${argument});
        if added is not null then return; end if;
      end loop;
      raise exception 'the job % with the key % could not be enqueued', job, replaces using errcode = '55P03';
    end $$`);
  await runner.query(`revoke all on function kernel.enqueue_job from public`);
  await runner.query(`
    do $$ begin
      if exists (select 1 from pg_roles where rolname = 'parley_app') then
        grant execute on function kernel.enqueue_job to parley_app;
      end if;
    end $$`);
}
