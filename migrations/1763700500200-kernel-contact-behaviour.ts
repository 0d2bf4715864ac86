import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the events of contacts as filter fields. */
export class KernelContactBehaviour1763700500200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function kernel.contact_event_count(contact uuid, event_type text, days int default null) returns bigint language sql stable as $$
        select count(*) from kernel.events e where e.contact_id = contact and e.type = event_type and (days is null or e.occurred_at >= now() - make_interval(days => days))
      $$`);
    await runner.query(`
      create function kernel.contact_event_last(contact uuid, event_type text) returns timestamptz language sql stable as $$
        select max(e.occurred_at) from kernel.events e where e.contact_id = contact and e.type = event_type
      $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function kernel.contact_event_last(uuid, text)`);
    await runner.query(`drop function kernel.contact_event_count(uuid, text, int)`);
  }
}
