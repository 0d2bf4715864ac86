import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Limits inboxes to their members. */
export class TeamsInboxAccess1763801102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table teams.inboxes add column access text not null default 'everyone' check (access in ('everyone', 'members'))`,
    );
    // Each authentication reads the limited inboxes of the workspace. Most workspaces have none.
    await runner.query(`create index inboxes_limited on teams.inboxes (workspace_id) where access = 'members'`);
    await runner.query(`alter table teams.notifications add column inbox_id uuid`);
    // The inboxes of existing notifications are not known here. Users to whom an inbox is hidden do not see them.
    await runner.query(
      `update teams.notifications set inbox_id = '00000000-0000-0000-0000-000000000000' where conversation_id is not null`,
    );
    await runner.query(
      `create index notifications_conversation on teams.notifications (workspace_id, conversation_id)
         where conversation_id is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index teams.notifications_conversation`);
    await runner.query(`alter table teams.notifications drop column inbox_id`);
    await runner.query(`alter table teams.inboxes drop column access`);
  }
}
