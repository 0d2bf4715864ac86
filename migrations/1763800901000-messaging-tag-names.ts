import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the spellings of the tags of conversations, and writes them to conversations that have another one. */
export class MessagingTagNames1763800901000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ declare used record; begin
        for used in select workspace_id, array_agg(distinct tag order by tag) as tags
          from messaging.conversations, unnest(tags) tag group by workspace_id
        loop call identity.add_tag_names(used.workspace_id, used.tags); end loop;
      end $$`);
    await runner.query(`
      update messaging.conversations set tags = identity.spell_tags(workspace_id, tags)
      where tags <> '{}' and tags <> identity.spell_tags(workspace_id, tags)`);
  }

  async down(): Promise<void> {
    // The previous spellings cannot be restored.
  }
}
