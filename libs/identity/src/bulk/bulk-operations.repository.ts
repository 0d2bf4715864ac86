import { Injectable } from '@nestjs/common';
import { Database, statement, type Actor, type FilterNode } from '@parley/kernel';
import type { BulkOperationState, BulkResult } from './bulk-operation.view.js';
import type { ContactBulkChange } from './contact-bulk-change.js';

interface BulkOperationRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly status: 'running' | 'completed';
  readonly ids: string[] | null;
  readonly filter: FilterNode | null;
  readonly change: ContactBulkChange;
  readonly actor: Actor;
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly results: BulkResult[];
  readonly position: string | null;
  readonly created_at: string;
  readonly completed_at: string | null;
}

/** A page of the work that was done. */
export interface BulkProgress {
  readonly position: string | null;
  readonly succeeded: number;
  readonly failed: number;
  readonly results: readonly BulkResult[];
  /** Set when nothing is left. */
  readonly completedAt: string | null;
}

const COLUMNS = 'b.id, b.status, b.ids, b.filter, b.change, b.actor, b.total, b.succeeded, b.failed, b.results, b.position, b.created_at, b.completed_at';
const ADD = statement(
  'identity.add-bulk-operation',
  'insert into identity.bulk_operations (id, workspace_id, ids, filter, change, actor, total, created_at) values ($2, $1, $3, $4, $5, $6, $7, $8)',
);
const FIND = statement('identity.find-bulk-operation', `select ${COLUMNS} from identity.bulk_operations b where b.workspace_id = $1 and b.id = $2`);
const LOCK = statement('identity.lock-bulk-operation', `select ${COLUMNS} from identity.bulk_operations b where b.workspace_id = $1 and b.id = $2 for update`);
const ADVANCE = statement(
  'identity.advance-bulk-operation',
  `update identity.bulk_operations set position = coalesce($3, position), succeeded = succeeded + $4, failed = failed + $5, results = results || $6::jsonb, completed_at = $7,
     status = case when $7::timestamptz is null then 'running' else 'completed' end where workspace_id = $1 and id = $2`,
);
const FORGET = statement('identity.forget-bulk-operations', 'delete from identity.bulk_operations where created_at < $1');

function toState(row: BulkOperationRow): BulkOperationState {
  const { created_at: createdAt, completed_at: completedAt, ...same } = row;
  return { ...same, createdAt, completedAt };
}

/** Rows of `identity.bulk_operations`. */
@Injectable()
export class BulkOperationsRepository {
  constructor(private readonly database: Database) {}

  async add(workspaceId: string, made: Pick<BulkOperationState, 'id' | 'ids' | 'filter' | 'change' | 'actor' | 'total' | 'createdAt'>): Promise<void> {
    const { id, ids, filter, change, actor, total, createdAt } = made;
    await this.database.execute(ADD, [workspaceId, id, ids, filter && JSON.stringify(filter), JSON.stringify(change), JSON.stringify(actor), total, createdAt]);
  }

  async find(workspaceId: string, id: string): Promise<BulkOperationState | null> {
    const row = await this.database.row<BulkOperationRow>(FIND, [workspaceId, id]);
    return row && toState(row);
  }

  /** The operation, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<BulkOperationState | null> {
    const row = await this.database.row<BulkOperationRow>(LOCK, [workspaceId, id]);
    return row && toState(row);
  }

  async advance(workspaceId: string, id: string, { position, succeeded, failed, results, completedAt }: BulkProgress): Promise<void> {
    await this.database.execute(ADVANCE, [workspaceId, id, position, succeeded, failed, JSON.stringify(results), completedAt]);
  }

  /** Forgets operations of all workspaces that began before a time. */
  async forget(before: Date): Promise<void> {
    await this.database.execute(FORGET, [before]);
  }
}
