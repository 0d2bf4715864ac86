import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { BulkRunsRepository, bulkStatements, type BulkRequest } from '@parley/kernel/bulk';
import { Database, statement } from '@parley/kernel/database';
import type { UpdateConversationInput } from '../conversations/conversation.view.js';

const STATEMENTS = bulkStatements('messaging.bulk_changes', 'messaging.bulk_change_records');
const ADD = statement(
  'messaging.add-bulk-change',
  `insert into messaging.bulk_changes (id, workspace_id, status, ids, change, actor, total, created_at)
    values ($2, $1, 'running', $3, $4, $5, $6, $7)`,
);

const CHANGED_HIDDEN = statement(
  'messaging.has-bulk-change-of-hidden-conversations',
  `select exists (select 1 from messaging.bulk_change_records r join messaging.conversations c on c.id = r.object_id
     where r.workspace_id = $1 and r.run_id = $2 and c.inbox_id = any($3)) as found`,
);

/** Rows of `messaging.bulk_changes`. */
@Injectable()
export class BulkChangesRepository extends BulkRunsRepository<BulkRequest<UpdateConversationInput>> {
  constructor(database: Database) {
    super(database, STATEMENTS);
  }

  /** True if the run changed a conversation in one of these inboxes. */
  async hasChangedIn(workspaceId: string, id: string, inboxIds: readonly string[]): Promise<boolean> {
    return (await this.database.row<{ found: boolean }>(CHANGED_HIDDEN, [workspaceId, id, inboxIds]))!.found;
  }

  async add(
    workspaceId: string,
    id: string,
    actor: Actor,
    { ids, change, total, createdAt }: BulkRequest<UpdateConversationInput>,
  ): Promise<void> {
    await this.database.execute(ADD, [
      workspaceId,
      id,
      ids,
      JSON.stringify(change),
      JSON.stringify(actor),
      total,
      createdAt,
    ]);
  }
}
