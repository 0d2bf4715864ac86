import { Injectable } from '@nestjs/common';
import { Database, shortRead } from '@parley/kernel/database';
import { hiddenInboxesSql } from './inbox-access-sql.js';

const LIST_HIDDEN = shortRead(
  'teams.list-hidden-inboxes',
  `select ${hiddenInboxesSql('m.workspace_id', 'm.user_id', 'm.role')} as ids from teams.memberships m where m.workspace_id = $1 and m.user_id = $2`,
);

/** Reads which users can see the conversations of inboxes. */
@Injectable()
export class InboxAccessRepository {
  constructor(private readonly database: Database) {}

  /** Returns the inboxes whose conversations the user cannot see. */
  async listHiddenIds(workspaceId: string, userId: string): Promise<readonly string[]> {
    return (await this.database.row<{ ids: string[] }>(LIST_HIDDEN, [workspaceId, userId]))?.ids ?? [];
  }
}
