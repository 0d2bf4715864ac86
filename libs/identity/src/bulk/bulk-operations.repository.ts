import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { BulkRunsRepository, bulkStatements, type BulkRequest } from '@parley/kernel/bulk';
import { Database, statement } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import type { BulkUpdateContactsInput } from './contact-bulk-update.js';

/** A change of contacts that are named, pass a filter, or both. */
export interface BulkOperation extends BulkRequest<BulkUpdateContactsInput> {
  readonly filter: FilterNode | null;
}

/** How far an operation with a filter has come. */
export interface FilteredOperation {
  readonly ids: readonly string[] | null;
  readonly filter: FilterNode;
  /** The contact that was done last; null while none was. */
  readonly position: string | null;
  readonly createdAt: string;
}

const STATEMENTS = bulkStatements('identity.bulk_operations');
const ADD = statement(
  'identity.add-bulk-operation',
  'insert into identity.bulk_operations (id, workspace_id, ids, filter, change, actor, total, created_at) values ($2, $1, $3, $4, $5, $6, $7, $8)',
);
const FIND_FILTERED = statement(
  'identity.find-filtered-bulk-operation',
  `select b.ids, b.filter, b.position, b.created_at as "createdAt" from identity.bulk_operations b where b.workspace_id = $1 and b.id = $2 and b.filter is not null`,
);
const SET_POSITION = statement(
  'identity.reach-in-bulk-operation',
  'update identity.bulk_operations set position = $3 where workspace_id = $1 and id = $2',
);

/** Rows of `identity.bulk_operations`. */
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

  /** How far the operation has come; null when it has no filter, and so goes by its ids. */
  findFiltered(workspaceId: string, id: string): Promise<FilteredOperation | null> {
    return this.database.row<FilteredOperation & { [column: string]: unknown }>(FIND_FILTERED, [workspaceId, id]);
  }

  /** Notes the contact that the present step ends with. */
  async setPosition(workspaceId: string, id: string, position: string): Promise<void> {
    await this.database.execute(SET_POSITION, [workspaceId, id, position]);
  }
}
