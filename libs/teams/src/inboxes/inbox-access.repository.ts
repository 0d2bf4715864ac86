import { Injectable } from '@nestjs/common';
import { Database, shortRead } from '@parley/kernel/database';
import { hiddenInboxesSql, isHiddenInboxSql } from './inbox-access-sql.js';

const LIST_HIDDEN = shortRead(
  'teams.list-hidden-inboxes',
  `select ${hiddenInboxesSql('m.workspace_id', 'm.user_id', 'm.role')} as ids from teams.memberships m where m.workspace_id = $1 and m.user_id = $2`,
);
const IS_HIDDEN = shortRead(
  'teams.is-inbox-hidden',
  `select 1 as found from teams.inboxes i
     left join teams.memberships m on m.workspace_id = i.workspace_id and m.user_id = $3
   where i.workspace_id = $1 and i.id = $2 and ${isHiddenInboxSql('$3', `coalesce(m.role, '')`)}`,
);

/** Reads which users can see the conversations of inboxes. */
@Injectable()
export class InboxAccessRepository {
  constructor(private readonly database: Database) {}

  /** Returns the inboxes whose conversations the user cannot see. */
  async listHiddenIds(workspaceId: string, userId: string): Promise<readonly string[]> {
    return (await this.database.row<{ ids: string[] }>(LIST_HIDDEN, [workspaceId, userId]))?.ids ?? [];
  }

  /** Returns true if the user cannot see the conversations of the inbox. */
  async isHidden(workspaceId: string, inboxId: string, userId: string): Promise<boolean> {
    return (await this.database.row(IS_HIDDEN, [workspaceId, inboxId, userId])) !== null;
  }
}
