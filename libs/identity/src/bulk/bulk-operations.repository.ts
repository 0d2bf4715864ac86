import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { BulkRunsRepository, bulkStatements, type BulkRequest } from '@parley/kernel/bulk';
import { Database, statement } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import type { BulkUpdateContactsInput } from './contact-bulk-update.js';

/** A bulk update of contacts selected by IDs, a filter, or both. */
export interface BulkOperation extends BulkRequest<BulkUpdateContactsInput> {
  readonly filter: FilterNode | null;
}

/** Progress of an operation with a filter. */
export interface FilteredOperation {
  readonly ids: readonly string[] | null;
  readonly filter: FilterNode;
  /** The last processed contact; null at the start. */
  readonly position: string | null;
  readonly createdAt: string;
}

const STATEMENTS = bulkStatements('identity.bulk_operations', 'identity.bulk_operation_changes');
const ADD = statement(
  'identity.add-bulk-operation',
  `insert into identity.bulk_operations (id, workspace_id, ids, filter, change, actor, total, created_at)
    values ($2, $1, $3, $4, $5, $6, $7, $8)`,
);
const FIND_FILTERED = statement(
  'identity.find-filtered-bulk-operation',
  `select b.ids, b.filter, b.position, b.created_at as "createdAt" from identity.bulk_operations b
    where b.workspace_id = $1 and b.id = $2 and b.filter is not null`,
);
const SET_POSITION = statement(
  'identity.set-bulk-operation-position',
  'update identity.bulk_operations set position = $3 where workspace_id = $1 and id = $2',
);

@Injectable()
export class BulkOperationsRepository extends BulkRunsRepository<BulkOperation> {
  constructor(database: Database) {
    super(database, STATEMENTS);
  }

  async add(
    workspaceId: string,
    id: string,
    actor: Actor,
    { ids, filter, change, total, createdAt }: BulkOperation,
  ): Promise<void> {
    await this.database.execute(ADD, [
      workspaceId,
      id,
      ids,
      filter && JSON.stringify(filter),
      JSON.stringify(change),
      JSON.stringify(actor),
      total,
      createdAt,
    ]);
  }

  /** The progress of an operation with a filter; null if the operation has only IDs. */
  findFiltered(workspaceId: string, id: string): Promise<FilteredOperation | null> {
    return this.database.row<FilteredOperation & { [column: string]: unknown }>(FIND_FILTERED, [workspaceId, id]);
  }

  /** Stores the last contact of the current batch. */
  async setPosition(workspaceId: string, id: string, position: string): Promise<void> {
    await this.database.execute(SET_POSITION, [workspaceId, id, position]);
  }
}
