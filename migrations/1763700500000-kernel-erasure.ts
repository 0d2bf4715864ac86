import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the redaction of event data for erased contacts. */
export class KernelErasure1763700500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // IDs, times, numbers, booleans and fixed values of the data model stay, so that statistics computed from the log
    // do not change. Tags stay too, except those of contacts.
    await runner.query(`
      create function kernel.redacted(data jsonb, about_contact boolean, name text default '', free boolean default false) returns jsonb language plpgsql immutable as $$
      begin
        return case jsonb_typeof(data)
          when 'object' then case when free then '{}'::jsonb else
            (select coalesce(jsonb_object_agg(e.key, kernel.redacted(e.value, about_contact, e.key, e.key ~ '^(custom_fields|metadata|source|content_attributes)')), '{}') from jsonb_each(data) e) end
          when 'array' then (select coalesce(jsonb_agg(kernel.redacted(i.value, about_contact, name, free) order by i.place), '[]') from jsonb_array_elements(data) with ordinality i (value, place))
          when 'string' then case
            when not free and (name in ('status', 'priority', 'channel', 'type', 'author_type', 'side', 'reader', 'outcome', 'kind')
              or name = 'tags' and not about_contact
              or data #>> '{}' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' or data #>> '{}' ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$') then data
            else '""'::jsonb end
          else case when free then 'null'::jsonb else data end
        end;
      end $$`);
    await runner.query(
      `create index events_merged_contacts on kernel.events using gin ((data -> 'contact_ids')) where type in ('contact.merged', 'contact.unmerged')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index kernel.events_merged_contacts`);
    await runner.query(`drop function kernel.redacted(jsonb, boolean, text, boolean)`);
  }
}
