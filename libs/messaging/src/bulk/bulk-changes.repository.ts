import { Injectable } from '@nestjs/common';
import { BulkRunsRepository, bulkStatements, Database, statement, type Actor, type BulkDemand } from '@parley/kernel';
import type { ConversationEdit } from '../conversations/conversation.view.js';

const STATEMENTS = bulkStatements('messaging.bulk_changes');
const ADD = statement(
  'messaging.add-bulk-change',
  `insert into messaging.bulk_changes (id, workspace_id, status, ids, change, actor, total, created_at) values ($2, $1, 'running', $3, $4, $5, $6, $7)`,
);

/** Rows of `messaging.bulk_changes`. */
@Injectable()
export class BulkChangesRepository extends BulkRunsRepository<BulkDemand<ConversationEdit>> {
  constructor(database: Database) {
    super(database, STATEMENTS);
  }

  async add(
    workspaceId: string,
    id: string,
    actor: Actor,
    { ids, change, total, createdAt }: BulkDemand<ConversationEdit>,
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
