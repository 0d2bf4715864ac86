import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel';
import type { BulkChangeView, BulkTask, RowResult } from './bulk-change.view.js';

interface BulkRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly status: BulkChangeView['status'];
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly results: RowResult[];
  readonly created_at: string;
  readonly completed_at: string | null;
}

const COLUMNS = 'id, status, total, succeeded, failed, results, created_at, completed_at';
const ADD = statement(
  'messaging.add-bulk-change',
  `insert into messaging.bulk_changes (id, workspace_id, status, actor, edit, conversation_ids, total, created_at) values ($2, $1, 'running', $3, $4, $5, cardinality($5::uuid[]), $6) returning ${COLUMNS}`,
);
const FIND = statement('messaging.find-bulk-change', `select ${COLUMNS} from messaging.bulk_changes where workspace_id = $1 and id = $2`);
const CLAIM = statement(
  'messaging.claim-bulk-change',
  `select actor, edit, conversation_ids[succeeded + failed + 1 : succeeded + failed + $3] as ids from messaging.bulk_changes where workspace_id = $1 and id = $2 and status = 'running' for update`,
);
const ADVANCE = statement(
  'messaging.advance-bulk-change',
  `update messaging.bulk_changes b set succeeded = b.succeeded + $3, failed = b.failed + $4, results = b.results || $5::jsonb,
     status = case when b.succeeded + b.failed + $3 + $4 >= b.total then 'completed' else 'running' end,
     completed_at = case when b.succeeded + b.failed + $3 + $4 >= b.total then $6::timestamptz end,
     conversation_ids = case when b.succeeded + b.failed + $3 + $4 >= b.total then '{}' else b.conversation_ids end
   where b.workspace_id = $1 and b.id = $2 returning ${COLUMNS}`,
);
const PRUNE = statement('messaging.prune-bulk-changes', 'delete from messaging.bulk_changes where created_at < $1');

function toView(row: BulkRow): BulkChangeView {
  return { id: row.id, status: row.status, total: row.total, succeeded: row.succeeded, failed: row.failed, results: row.results, createdAt: row.created_at, completedAt: row.completed_at };
}

/** Rows of `messaging.bulk_changes`. */
@Injectable()
export class BulkChangesRepository {
  constructor(private readonly database: Database) {}

  async add(workspaceId: string, id: string, { actor, edit, ids }: BulkTask, now: string): Promise<BulkChangeView> {
    return toView((await this.database.row<BulkRow>(ADD, [workspaceId, id, JSON.stringify(actor), JSON.stringify(edit), ids, now]))!);
  }

  async find(workspaceId: string, id: string): Promise<BulkChangeView | null> {
    const row = await this.database.row<BulkRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** The next conversations of a change that is not completed, which nobody else goes on with until the transaction ends. */
  claim(workspaceId: string, id: string, most: number): Promise<BulkTask | null> {
    return this.database.row<BulkTask & { [column: string]: unknown }>(CLAIM, [workspaceId, id, most]);
  }

  /** Notes what became of the conversations that came next, and keeps some of that. */
  async advance(workspaceId: string, id: string, results: readonly RowResult[], kept: readonly RowResult[], now: string): Promise<BulkChangeView> {
    const failed = results.filter(({ status }) => status === 'failed').length;
    const row = await this.database.row<BulkRow>(ADVANCE, [workspaceId, id, results.length - failed, failed, JSON.stringify(kept), now]);
    return toView(row!);
  }

  /** Forgets what began before a time, in every workspace. */
  async prune(before: string): Promise<void> {
    await this.database.execute(PRUNE, [before]);
  }
}
