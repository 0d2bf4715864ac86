import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { createBinder, Database, statement } from '@parley/kernel/database';
import type { DeliveredFile } from '@parley/kernel/files';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { jsonLikePattern } from '../contacts/json-like-pattern.js';
import type { ExportKind, ExportOptions, ExportView } from './export.view.js';

interface ExportRow extends Pick<
  ExportView,
  'id' | 'kind' | 'options' | 'status' | 'total' | 'written' | 'file' | 'error' | 'actor'
> {
  readonly [column: string]: unknown;
  readonly contact_id: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly expires_at: string | null;
}

const COLUMNS = `x.id, x.kind, x.contact_id, x.options, x.status, x.total, x.written, x.file, x.error, x.actor,
  x.created_at,
    x.started_at, x.ended_at, x.expires_at`;

const ADD = statement(
  'identity.add-export',
  `insert into identity.exports as x (id, workspace_id, kind, contact_id, options, actor, created_at)
    values ($2, $1, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
);
const FIND = statement(
  'identity.find-export',
  `select ${COLUMNS} from identity.exports x where x.workspace_id = $1 and x.id = $2`,
);
const FIND_IN_ANY_WORKSPACE = statement(
  'identity.find-export-in-any-workspace',
  `select ${COLUMNS} from identity.exports x where x.id = $1`,
);
const START = statement(
  'identity.start-export',
  `update identity.exports x set status = 'running', started_at = coalesce(x.started_at, $3), total = $4, written = 0
   where x.workspace_id = $1 and x.id = $2 and x.status in ('pending', 'running') returning ${COLUMNS}`,
);
const ADVANCE = statement(
  'identity.record-export-progress',
  'update identity.exports set written = $3 where workspace_id = $1 and id = $2',
);
const COMPLETE = statement(
  'identity.complete-export',
  `update identity.exports set status = 'completed', file = $3, written = $4, ended_at = $5, expires_at = $6
    where workspace_id = $1 and id = $2 and status = 'running'`,
);
const FAIL = statement(
  'identity.fail-export',
  `update identity.exports set status = 'failed', error = $3, ended_at = $4 where workspace_id = $1 and id = $2
    and status in ('pending', 'running')`,
);
// Running exports end without a file, because they can contain the erased contact.
const EXPIRE_ALL = statement(
  'identity.expire-all-exports',
  `with previous as (
     select x.id, x.file from identity.exports x where x.workspace_id = $1 and (x.status in ('running', 'completed')
       or x.status = 'pending' and x.contact_id = any($2)) for update
   ), ended as (
     update identity.exports x set file = null, status = 'expired' from previous where x.id = previous.id
   ) select previous.file ->> 'key' as key from previous where previous.file is not null`,
);
const CLEAR_FILTERS = statement(
  'identity.clear-export-filters',
  `update identity.exports set options = options || '{"filter": null}', status = case when status = 'pending'
    then 'expired' else status end where workspace_id = $1 and lower(options::text) like any($2)`,
);
const EXPIRE = statement(
  'identity.expire-exports',
  `with previous as (select x.id, x.workspace_id, x.file from identity.exports x
    where x.expires_at < $1 and x.file is not null order by x.expires_at limit 100 for update skip locked), ended as (
     update identity.exports x set file = null, status = 'expired' from previous where x.id = previous.id
   ) select previous.workspace_id as "workspaceId", previous.file ->> 'key' as key from previous`,
);
const DELETE_OLD = statement(
  'identity.delete-old-exports',
  'delete from identity.exports where created_at < $1 and file is null',
);

function toView(row: ExportRow): ExportView {
  return {
    id: row.id,
    kind: row.kind,
    contactId: row.contact_id,
    options: row.options,
    status: row.status,
    total: row.total,
    written: row.written,
    file: row.file,
    error: row.error,
    actor: row.actor,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    expiresAt: row.expires_at,
  };
}

@Injectable()
export class ExportsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add(
    workspaceId: string,
    id: string,
    kind: ExportKind,
    contactId: string | null,
    options: ExportOptions,
    actor: Actor,
    now: string,
  ): Promise<ExportView> {
    return toView(
      (await this.database.row<ExportRow>(ADD, [
        workspaceId,
        id,
        kind,
        contactId,
        JSON.stringify(options),
        JSON.stringify(actor),
        now,
      ]))!,
    );
  }

  async find(workspaceId: string, id: string): Promise<ExportView | null> {
    const row = await this.database.row<ExportRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** For signed links, which need no workspace. */
  async findInAnyWorkspace(id: string): Promise<ExportView | null> {
    const row = await this.database.row<ExportRow>(FIND_IN_ANY_WORKSPACE, [id]);
    return row && toView(row);
  }

  list(workspaceId: string, range: TimeRange, request: PageRequest): Promise<Page<ExportView>> {
    const values: unknown[] = [workspaceId];
    const timeWhere = timeConditions(range, { created: 'x.created_at' }, createBinder(values));
    return this.lists.read<ExportRow, ExportView>(
      {
        domain: 'identity.list-exports',
        select: COLUMNS,
        from: 'identity.exports x',
        where: ['x.workspace_id = $1', ...timeWhere],
        values,
        request,
        order: [
          { sql: 'x.created_at', type: 'timestamptz' },
          { sql: 'x.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }

  /** Starts or restarts an export; null if it has ended. */
  async start(workspaceId: string, id: string, total: number | null, now: string): Promise<ExportView | null> {
    const row = await this.database.row<ExportRow>(START, [workspaceId, id, now, total]);
    return row && toView(row);
  }

  async advance(workspaceId: string, id: string, written: number): Promise<void> {
    await this.database.execute(ADVANCE, [workspaceId, id, written]);
  }

  /** Returns false if the export has ended meanwhile, for example because it expired. */
  async complete(
    workspaceId: string,
    id: string,
    file: DeliveredFile,
    written: number,
    now: string,
    expiresAt: string,
  ): Promise<boolean> {
    return (
      (await this.database.execute(COMPLETE, [workspaceId, id, JSON.stringify(file), written, now, expiresAt])) > 0
    );
  }

  async fail(workspaceId: string, id: string, error: string, now: string): Promise<void> {
    await this.database.execute(FAIL, [workspaceId, id, error, now]);
  }

  /**
   * Expires all files of a workspace, stops exports of these contacts, and clears filters that contain one of these
   * terms. Returns the keys of the files.
   */
  async expireAll(
    workspaceId: string,
    contactIds: readonly string[],
    searchTerms: readonly string[],
  ): Promise<string[]> {
    const expired = await this.database.rows<{ key: string }>(EXPIRE_ALL, [workspaceId, contactIds]);
    await this.database.execute(CLEAR_FILTERS, [workspaceId, searchTerms.map(jsonLikePattern)]);
    return expired.map(({ key }) => key);
  }

  /** Expires up to 100 files, of all workspaces, that were due before a time. */
  expire(before: Date): Promise<{ readonly workspaceId: string; readonly key: string }[]> {
    return this.database.rows(EXPIRE, [before]);
  }

  /** Deletes exports without a file that were created before a time. */
  async deleteCreatedBefore(before: Date): Promise<void> {
    await this.database.execute(DELETE_OLD, [before]);
  }
}
