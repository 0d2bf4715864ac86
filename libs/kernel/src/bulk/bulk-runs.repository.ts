import type { Actor } from '../context/request-context.js';
import type { Database } from '../database/database.js';
import { statement, type Statement } from '../database/statement.js';
import type { BulkRequest, BulkProgress, BulkRunView, BulkBatch } from './bulk-run.js';

interface BulkRunRow extends Omit<BulkRunView, 'createdAt' | 'completedAt'> {
  readonly [column: string]: unknown;
  readonly created_at: string;
  readonly completed_at: string | null;
}

/** Statements that all run tables have in common. */
export interface BulkStatements {
  readonly find: Statement;
  readonly claim: Statement;
  readonly advance: Statement;
  readonly deleteBefore: Statement;
}

const COLUMNS = 'b.id, b.status, b.total, b.succeeded, b.failed, b.results, b.created_at, b.completed_at';

/**
 * Declares the statements of a domain's run table. It needs at least the columns id, workspace_id, status (running,
 * completed), ids uuid[], change, actor, total, succeeded, failed, results (a JSON array, initially empty), created_at
 * and completed_at.
 * @param table `<schema>.<table>`, a constant.
 */
export function bulkStatements(table: string): BulkStatements {
  const [schema, name] = table.split('.') as [string, string];
  const declare = (verb: string, text: string): Statement =>
    statement(`${schema}.${verb}-${name.replaceAll('_', '-')}`, text);
  return {
    find: declare('find', `select ${COLUMNS} from ${table} b where b.workspace_id = $1 and b.id = $2`),
    claim: declare(
      'claim',
      `select b.actor, b.change,
         coalesce(b.ids[b.succeeded + b.failed + 1 : b.succeeded + b.failed + $3], '{}') as next,
         jsonb_array_length(b.results) as "storedCount"
       from ${table} b where b.workspace_id = $1 and b.id = $2 and b.status = 'running' for update`,
    ),
    // The slice is empty, or null if there were no IDs.
    advance: declare(
      'advance',
      `update ${table} b set succeeded = b.succeeded + $3, failed = b.failed + $4, results = b.results || $5::jsonb,
         completed_at = $6,
         status = case when $6::timestamptz is null then 'running' else 'completed' end,
         ids = case when $6::timestamptz is null then b.ids else b.ids[1:0] end
       where b.workspace_id = $1 and b.id = $2 returning ${COLUMNS}`,
    ),
    deleteBefore: declare('prune', `delete from ${table} where created_at < $1`),
  };
}

/** Rows of a domain's run table. The domain defines how the request is stored. */
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
    return this.database.row<BulkBatch<Request['change']> & { [column: string]: unknown }>(this.statements.claim, [
      workspaceId,
      id,
      limit,
    ]);
  }

  /** Stores the outcome of a batch. */
  async advance(
    workspaceId: string,
    id: string,
    { results, storedResults, completedAt }: BulkProgress,
  ): Promise<BulkRunView> {
    const failed = results.filter(({ status }) => status === 'failed').length;
    const row = await this.database.row<BulkRunRow>(this.statements.advance, [
      workspaceId,
      id,
      results.length - failed,
      failed,
      JSON.stringify(storedResults),
      completedAt,
    ]);
    return toView(row!);
  }

  /** Deletes runs of all workspaces that were created before the given time. */
  async deleteBefore(before: Date): Promise<void> {
    await this.database.execute(this.statements.deleteBefore, [before]);
  }
}

function toView({ created_at: createdAt, completed_at: completedAt, ...rest }: BulkRunRow): BulkRunView {
  return { ...rest, createdAt, completedAt };
}
