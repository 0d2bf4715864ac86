import type { Actor } from '../context/request-context.js';
import type { Database } from '../database/database.js';
import type {
  BulkBatch,
  BulkChangeRecord,
  BulkProgress,
  BulkRequest,
  BulkRunView,
  UndoableBulkRun,
} from './bulk-run.js';
import type { BulkStatements } from './bulk-statements.js';

type Row<View> = View & { readonly [column: string]: unknown };

interface BulkRunRow extends Omit<BulkRunView, 'createdAt' | 'completedAt'> {
  readonly [column: string]: unknown;
  readonly created_at: string;
  readonly completed_at: string | null;
}

/** Rows of a domain's run table and their changes. The domain defines how the request is stored. */
export abstract class BulkRunsRepository<Request extends BulkRequest<unknown>> {
  protected constructor(
    protected readonly database: Database,
    private readonly statements: BulkStatements,
  ) {}

  abstract add(workspaceId: string, id: string, actor: Actor, request: Request): Promise<void>;

  async find(workspaceId: string, id: string): Promise<BulkRunView | null> {
    const row = await this.database.row<BulkRunRow>(this.statements.find, [workspaceId, id]);
    return row && toView(row);
  }

  /** Returns the next batch of a run that is not complete, locked until the transaction ends. */
  claim(workspaceId: string, id: string, limit: number): Promise<BulkBatch<Request['change']> | null> {
    return this.database.row<Row<BulkBatch<Request['change']>>>(this.statements.claim, [workspaceId, id, limit]);
  }

  /** Stores the outcome of a batch. */
  async advance(
    workspaceId: string,
    id: string,
    { results, skipped, storedResults, completedAt }: BulkProgress,
  ): Promise<BulkRunView> {
    const countOf = (status: string): number => results.filter((result) => result.status === status).length;
    const row = await this.database.row<BulkRunRow>(this.statements.advance, [
      workspaceId,
      id,
      results.length - countOf('failed') - countOf('skipped'),
      countOf('failed'),
      JSON.stringify(storedResults),
      completedAt,
      JSON.stringify(skipped),
    ]);
    return toView(row!);
  }

  /** Stores the changes that a run made to objects. */
  async recordChanges(workspaceId: string, id: string, records: readonly BulkChangeRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.database.execute(this.statements.record, [
      workspaceId,
      id,
      records.map((record) => record.id),
      records.map((record) => JSON.stringify(record.changes)),
    ]);
  }

  /** Returns a run, locked until the transaction ends. */
  lockForUndo(workspaceId: string, id: string): Promise<UndoableBulkRun | null> {
    return this.database.row<Row<UndoableBulkRun>>(this.statements.lockForUndo, [workspaceId, id]);
  }

  /** Adds a run that undoes another one. */
  async addUndo(
    workspaceId: string,
    undoneId: string,
    id: string,
    actor: Actor,
    { total, createdAt }: Pick<BulkRequest<unknown>, 'total' | 'createdAt'>,
  ): Promise<void> {
    await this.database.execute(this.statements.addUndo, [
      workspaceId,
      undoneId,
      id,
      JSON.stringify(actor),
      total,
      createdAt,
    ]);
  }

  /** Returns the next changes of a run that no undo has processed, in the order of the IDs. */
  listToUndo(workspaceId: string, id: string, limit: number): Promise<BulkChangeRecord[]> {
    return this.database.rows<Row<BulkChangeRecord>>(this.statements.listToUndo, [workspaceId, id, limit]);
  }

  /** Records that an undo has processed these objects. */
  async markUndone(workspaceId: string, id: string, objectIds: readonly string[]): Promise<void> {
    await this.database.execute(this.statements.markUndone, [workspaceId, id, objectIds]);
  }

  /** Deletes runs of all workspaces that were created before the given time, with their changes. */
  async deleteBefore(before: Date): Promise<void> {
    await this.database.execute(this.statements.deleteBefore, [before]);
  }
}

function toView({ created_at: createdAt, completed_at: completedAt, ...rest }: BulkRunRow): BulkRunView {
  return { ...rest, createdAt, completedAt };
}
