import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Merges tags that differ only in case. Counts add up. */
export class WorkflowTagNames1763800902000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ declare used record; begin
        for used in select workspace_id, array_agg(name order by created_at) as tags from workflow.tags
          group by workspace_id
        loop call identity.add_tag_names(used.workspace_id, used.tags); end loop;
      end $$`);
    await runner.query(`
      create temporary table spelled_tags on commit drop as
        select id, workspace_id, (identity.spell_tags(workspace_id, array[name]))[1] as name, conversation_count,
          row_number() over (
            partition by workspace_id, (identity.spell_tags(workspace_id, array[name]))[1] order by created_at, id
          ) as position
        from workflow.tags`);
    await runner.query(`delete from workflow.tags t using spelled_tags s where s.id = t.id and s.position > 1`);
    await runner.query(`
      update workflow.tags t set name = s.name, conversation_count = s.total from (
        select id, name, position, sum(conversation_count) over (partition by workspace_id, name) as total
        from spelled_tags
      ) s where s.id = t.id and s.position = 1 and (t.name <> s.name or t.conversation_count <> s.total)`);
    await runner.query(`drop table spelled_tags`);
  }

  async down(): Promise<void> {
    // The previous spellings cannot be restored.
  }
}
