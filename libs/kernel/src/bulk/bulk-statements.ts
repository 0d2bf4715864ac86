import { statement, type Statement } from '../database/statement.js';

/** Statements that all run tables have in common. */
export interface BulkStatements {
  readonly find: Statement;
  readonly claim: Statement;
  readonly advance: Statement;
  readonly deleteBefore: Statement;
  readonly record: Statement;
  readonly lockForUndo: Statement;
  readonly addUndo: Statement;
  readonly listToUndo: Statement;
  readonly markUndone: Statement;
}

const COLUMNS = `b.id, b.status, b.total, b.succeeded, b.failed, b.skipped, b.results, b.undoes_id as "undoesId",
  b.undo_id as "undoId", b.created_at, b.completed_at`;

/**
 * Declares the statements of a domain's run table and of the table of its changes.
 *
 * The run table needs at least the columns id, workspace_id, status (running, completed), ids uuid[], change, actor,
 * total, succeeded, failed, skipped and results (JSON), undoable (true by default), undoes_id, undo_id, created_at and
 * completed_at. The table of changes has run_id, workspace_id, object_id, changes and undone.
 * @param table `<schema>.<table>`, a constant.
 * @param changesTable `<schema>.<table>`, a constant.
 */
export function bulkStatements(table: string, changesTable: string): BulkStatements {
  const [schema, name] = table.split('.') as [string, string];
  const declare = (verb: string, text: string): Statement =>
    statement(`${schema}.${verb}-${name.replaceAll('_', '-')}`, text);
  return {
    find: declare('find', `select ${COLUMNS} from ${table} b where b.workspace_id = $1 and b.id = $2`),
    claim: declare(
      'claim',
      `select b.actor, b.change, b.undoes_id as "undoesId",
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
         ids = case when $6::timestamptz is null then b.ids else b.ids[1:0] end,
         skipped = (select coalesce(jsonb_object_agg(s.reason, s.count), '{}') from (
           select key as reason, sum(value::int) as count from (
             select * from jsonb_each_text(b.skipped) union all select * from jsonb_each_text($7::jsonb)) x
           group by key) s)
       where b.workspace_id = $1 and b.id = $2 returning ${COLUMNS}`,
    ),
    deleteBefore: declare('prune', `delete from ${table} where created_at < $1`),
    ...changeStatements(table, changesTable, declare),
  };
}

function changeStatements(
  table: string,
  changesTable: string,
  declare: (verb: string, text: string) => Statement,
): Pick<BulkStatements, 'record' | 'lockForUndo' | 'addUndo' | 'listToUndo' | 'markUndone'> {
  return {
    record: declare(
      'record-changes-of',
      `insert into ${changesTable} (run_id, workspace_id, object_id, changes)
         select $2, $1, c.object_id, c.changes from unnest($3::uuid[], $4::jsonb[]) c (object_id, changes)`,
    ),
    lockForUndo: declare(
      'lock-for-undo',
      `select b.status, b.undoable, b.undo_id as "undoId",
         (select count(*)::int from ${changesTable} c where c.workspace_id = $1 and c.run_id = $2) as "changeCount"
       from ${table} b where b.workspace_id = $1 and b.id = $2 for update`,
    ),
    addUndo: declare(
      'add-undo-of',
      `with undone as (update ${table} b set undo_id = $3 where b.workspace_id = $1 and b.id = $2)
       insert into ${table} (id, workspace_id, status, undoable, undoes_id, change, actor, total, created_at)
         values ($3, $1, 'running', false, $2, '{}', $4, $5, $6)`,
    ),
    listToUndo: declare(
      'list-to-undo',
      `select c.object_id as id, c.changes from ${changesTable} c
         where c.workspace_id = $1 and c.run_id = $2 and not c.undone order by c.object_id limit $3`,
    ),
    markUndone: declare(
      'mark-undone',
      `update ${changesTable} c set undone = true
         where c.workspace_id = $1 and c.run_id = $2 and c.object_id = any($3::uuid[])`,
    ),
  };
}
