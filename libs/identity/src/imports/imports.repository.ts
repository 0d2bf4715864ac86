import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { ImportCounts, ImportError, ImportOptions, ImportStatus, ImportView } from './import.view.js';

interface ImportRow extends ImportCounts {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly status: ImportStatus;
  readonly file_key: string;
  readonly file_name: string;
  readonly file_size: number;
  readonly options: ImportOptions;
  readonly actor: Actor;
  readonly incomplete: number;
  readonly rows_read: number;
  readonly bytes_read: number;
  readonly error: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

/** Result of a batch of rows. */
export interface ImportProgress extends ImportCounts {
  readonly rows: number;
  readonly bytesRead: number;
  readonly errors: readonly ImportError[];
  readonly warnings: readonly ImportError[];
}

const COLUMNS = `i.id, i.status, i.file_key, i.file_name, i.file_size, i.options, i.actor, i.rows_read, i.bytes_read,
  i.created,
    i.updated, i.unchanged, i.skipped, i.failed, i.incomplete, i.error, i.created_at, i.started_at, i.ended_at`;

const FIND = statement(
  'identity.find-import',
  `select ${COLUMNS} from identity.imports i where i.workspace_id = $1 and i.id = $2`,
);
const FIND_IN_ANY_WORKSPACE = statement(
  'identity.find-import-in-any-workspace',
  `select i.workspace_id, ${COLUMNS} from identity.imports i where i.id = $1`,
);
const LOCK = statement(
  'identity.lock-import',
  `select ${COLUMNS} from identity.imports i where i.workspace_id = $1 and i.id = $2 for update`,
);
const ADD = statement(
  'identity.add-import',
  `insert into identity.imports as i (id, workspace_id, file_key, file_name, file_size, options, actor, created_at)
    values ($2, $1, $3, $4, $5, $6, $7, $8) returning ${COLUMNS}`,
);
const START = statement(
  'identity.start-import',
  `update identity.imports set status = 'running', started_at = coalesce(started_at, $3)
    where workspace_id = $1 and id = $2`,
);
const ADVANCE = statement(
  'identity.record-import-progress',
  `with failed_rows as (
     insert into identity.import_errors (import_id, workspace_id, row_number, reasons, record)
     select $2, $1, e.row, e.reasons, e.record from jsonb_to_recordset($10::jsonb) as e (row int, reasons jsonb,
       record jsonb)
   )
   update identity.imports set rows_read = rows_read + $3, bytes_read = greatest(bytes_read, $4),
     created = created + $5, updated = updated + $6, unchanged = unchanged + $7, skipped = skipped + $8,
     failed = failed + $9, incomplete = incomplete + $11 where workspace_id = $1 and id = $2`,
);
const FINISH = statement(
  'identity.finish-import',
  'update identity.imports set status = $3, error = $4, ended_at = $5 where workspace_id = $1 and id = $2',
);
const LIST_ERRORS = statement(
  'identity.list-import-errors',
  `select e.row_number as row, e.reasons, e.record from identity.import_errors e
    where e.workspace_id = $1 and e.import_id = $2 and e.row_number > $3 order by e.row_number limit $4`,
);
const DELETE_ENDED = statement(
  'identity.delete-ended-imports',
  `delete from identity.imports where id in (select id from identity.imports where ended_at < $1
    order by ended_at limit 100)`,
);

function toView(row: ImportRow): ImportView {
  return {
    id: row.id,
    status: row.status,
    fileKey: row.file_key,
    fileName: row.file_name,
    fileSize: row.file_size,
    options: row.options,
    actor: row.actor,
    rowsRead: row.rows_read,
    bytesRead: row.bytes_read,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    skipped: row.skipped,
    failed: row.failed,
    incomplete: row.incomplete,
    error: row.error,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

@Injectable()
export class ImportsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<ImportView | null> {
    const row = await this.database.row<ImportRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** For signed links, which need no workspace. */
  async findInAnyWorkspace(id: string): Promise<{ workspaceId: string; view: ImportView } | null> {
    const row = await this.database.row<ImportRow & { workspace_id: string }>(FIND_IN_ANY_WORKSPACE, [id]);
    return row && { workspaceId: row.workspace_id, view: toView(row) };
  }

  /** The import, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<ImportView | null> {
    const row = await this.database.row<ImportRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  async add(
    workspaceId: string,
    id: string,
    file: { readonly key: string; readonly name: string; readonly size: number },
    options: ImportOptions,
    actor: Actor,
    now: string,
  ): Promise<ImportView> {
    return toView(
      (await this.database.row<ImportRow>(ADD, [
        workspaceId,
        id,
        file.key,
        file.name,
        file.size,
        JSON.stringify(options),
        JSON.stringify(actor),
        now,
      ]))!,
    );
  }

  async start(workspaceId: string, id: string, now: string): Promise<void> {
    await this.database.execute(START, [workspaceId, id, now]);
  }

  async advance(
    workspaceId: string,
    id: string,
    { rows, bytesRead, created, updated, unchanged, skipped, failed, errors, warnings }: ImportProgress,
  ): Promise<void> {
    await this.database.execute(ADVANCE, [
      workspaceId,
      id,
      rows,
      bytesRead,
      created,
      updated,
      unchanged,
      skipped,
      failed,
      JSON.stringify([...errors, ...warnings]),
      warnings.length,
    ]);
  }

  async finish(
    workspaceId: string,
    id: string,
    status: 'completed' | 'failed' | 'canceled',
    error: string | null,
    now: string,
  ): Promise<void> {
    await this.database.execute(FINISH, [workspaceId, id, status, error, now]);
  }

  listErrors(workspaceId: string, id: string, afterRow: number, limit: number): Promise<ImportError[]> {
    return this.database.rows<ImportError & { [column: string]: unknown }>(LIST_ERRORS, [
      workspaceId,
      id,
      afterRow,
      limit,
    ]);
  }

  /** Deletes imports that ended before a time. */
  async deleteEndedBefore(before: Date): Promise<void> {
    while ((await this.database.execute(DELETE_ENDED, [before])) === 100);
  }

  list(workspaceId: string, range: TimeRange, request: PageRequest): Promise<Page<ImportView>> {
    const values: unknown[] = [workspaceId];
    const timeWhere = timeConditions(range, { created: 'i.created_at' }, createBinder(values));
    return this.lists.read<ImportRow, ImportView>(
      {
        domain: 'identity.list-imports',
        select: COLUMNS,
        from: 'identity.imports i',
        where: ['i.workspace_id = $1', ...timeWhere],
        values,
        request,
        order: [
          { sql: 'i.created_at', type: 'timestamptz' },
          { sql: 'i.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
