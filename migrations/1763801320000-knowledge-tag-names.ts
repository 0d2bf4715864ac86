import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gives the tags of articles the spelling of the workspace. */
export class KnowledgeTagNames1763801320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ declare used record; begin
        for used in select a.workspace_id, array_agg(distinct tag order by tag) as tags
          from knowledge.articles a, unnest(a.tags) tag group by a.workspace_id
        loop call identity.add_tag_names(used.workspace_id, used.tags); end loop;
      end $$`);
    await runner.query(`
      update knowledge.articles set tags = identity.spell_tags(workspace_id, tags)
      where tags <> '{}' and tags <> identity.spell_tags(workspace_id, tags)`);
  }

  async down(): Promise<void> {
    // The previous spellings cannot be restored.
  }
}
