import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the contact of each event: its subject, or the one in `contact_id`. */
export class KernelContactEvents1763700200200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table kernel.events add column contact_id uuid generated always as (
        case when subject_type = 'contact' then subject_id when jsonb_typeof(data -> 'contact_id') = 'string' then (data ->> 'contact_id')::uuid end
      ) stored`);
    await runner.query(
      `create index events_contact on kernel.events (contact_id, position) where contact_id is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.events drop column contact_id`);
  }
}
