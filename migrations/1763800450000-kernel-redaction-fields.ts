import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets the domains name the fields that the redaction of event data keeps, instead of a fixed list. */
export class KernelRedactionFields1763800450000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop function kernel.redacted(jsonb, boolean, text, boolean)');
    // IDs, times, numbers, booleans and texts of kept fields stay, so that statistics computed from the log do not
    // change. Nothing stays in free fields, which are named by prefix.
    await runner.query(`
      create function kernel.redacted(data jsonb, kept text[], free_prefixes text[], name text default '',
        free boolean default false) returns jsonb language plpgsql immutable as $$
      begin
        return case jsonb_typeof(data)
          when 'object' then case when free then '{}'::jsonb else
            (select coalesce(jsonb_object_agg(e.key, kernel.redacted(e.value, kept, free_prefixes, e.key,
              exists (select from unnest(free_prefixes) p (prefix) where starts_with(e.key, p.prefix)))), '{}')
             from jsonb_each(data) e) end
          when 'array' then (select coalesce(jsonb_agg(kernel.redacted(i.value, kept, free_prefixes, name, free)
            order by i.place), '[]') from jsonb_array_elements(data) with ordinality i (value, place))
          when 'string' then case
            when not free and (name = any(kept)
              or data #>> '{}' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
              or data #>> '{}' ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$') then data
            else '""'::jsonb end
          else case when free then 'null'::jsonb else data end
        end;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function kernel.redacted(jsonb, text[], text[], text, boolean)');
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
  }
}
