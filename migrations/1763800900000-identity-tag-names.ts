import type { MigrationInterface, QueryRunner } from 'typeorm';

const KEY = `lower(normalize(btrim(tag), NFC) collate "und-x-icu")`;

/**
 * Adds the spellings of tags, which differ in more than case, and writes the first spelling of each tag to the contacts
 * and companies that have another one. `contact_only` are tags that are used for contacts only: the erasure of a contact
 * deletes those that no other contact has. Other domains add their tags by `identity.add_tag_names`.
 */
export class IdentityTagNames1763800900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.tag_names (
        workspace_id uuid not null,
        key text not null,
        name text not null,
        contact_only boolean not null default false,
        primary key (workspace_id, key)
      )`);
    await runner.query(`
      create view identity.tag_name_cards with (security_invoker = true) as
        select workspace_id, key, name from identity.tag_names`);
    await runner.query(`
      create function identity.spell_tags(workspace uuid, tags text[]) returns text[] stable language sql as $$
        select coalesce(array_agg(spelled.name order by spelled.position), '{}') from (
          select coalesce(n.name, btrim(t.tag)) as name, min(t.position) as position
          from unnest(tags) with ordinality t (tag, position)
          left join identity.tag_names n on n.workspace_id = workspace and n.key = ${KEY}
          where btrim(t.tag) <> '' group by 1
        ) spelled
      $$`);
    await runner.query(`
      create procedure identity.add_tag_names(workspace uuid, tags text[], of_contacts boolean default false)
      language sql as $$
        insert into identity.tag_names as n (workspace_id, key, name, contact_only)
        select distinct on (${KEY}) workspace, ${KEY}, normalize(btrim(tag), NFC), of_contacts
        from unnest(tags) with ordinality t (tag, position) where btrim(tag) <> '' order by ${KEY}, position
        on conflict (workspace_id, key) do update set contact_only = n.contact_only and excluded.contact_only
      $$`);
    for (const table of ['contacts', 'companies']) {
      await runner.query(`
        do $$ declare used record; begin
          for used in select workspace_id, array_agg(distinct tag order by tag) as tags
            from identity.${table}, unnest(tags) tag group by workspace_id
          loop call identity.add_tag_names(used.workspace_id, used.tags, ${table === 'contacts'}); end loop;
        end $$`);
      await runner.query(`
        update identity.${table} set tags = identity.spell_tags(workspace_id, tags)
        where tags <> '{}' and tags <> identity.spell_tags(workspace_id, tags)`);
    }
    await runner.query(`call kernel.isolate('identity.tag_names')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop procedure identity.add_tag_names`);
    await runner.query(`drop function identity.spell_tags`);
    await runner.query(`drop view identity.tag_name_cards`);
    await runner.query(`drop table identity.tag_names`);
  }
}
