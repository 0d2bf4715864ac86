import { Injectable } from '@nestjs/common';
import { withSystemScope, type Actor } from '@parley/kernel';
import { createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import type { IngestedFile } from '@parley/kernel/files';
import { rangeConditions, ListReader, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { FilesFilter, FileView } from './file.view.js';

interface FileRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly folder_id: string | null;
  readonly folder_name: string | null;
  readonly mime_type: string;
  readonly size: number;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly storage_key: string;
  readonly uploaded_by: Actor;
  readonly created_at: string;
}

const COLUMNS = `f.id, f.name, f.folder_id, d.name as folder_name, f.mime_type, f.size, f.sha256, f.width, f.height,
    f.storage_key, f.uploaded_by, f.created_at`;
const FROM = 'messaging.files f left join messaging.file_folders d on d.id = f.folder_id';
const ADD = statement(
  'messaging.add-file',
  `with f as (
     insert into messaging.files (id, workspace_id, name, folder_id, mime_type, size, sha256, width, height,
       storage_key, uploaded_by, created_at)
     values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning *
   ) select ${COLUMNS} from f left join messaging.file_folders d on d.id = f.folder_id`,
);
const FIND_MANY = statement(
  'messaging.find-files',
  `select ${COLUMNS} from ${FROM} where f.workspace_id = $1 and f.id = any($2) and f.deleted_at is null`,
);
const FIND_IN_ANY_WORKSPACE = statement(
  'messaging.find-file-in-any-workspace',
  `select ${COLUMNS} from ${FROM} where f.id = $1 and f.deleted_at is null`,
);
const UPDATE = statement(
  'messaging.update-file',
  'update messaging.files set name = $3, folder_id = $4 where workspace_id = $1 and id = $2 and deleted_at is null',
);
const IS_ATTACHED = statement(
  'messaging.is-file-attached',
  `select 1 from messaging.messages where workspace_id = $1 and attachments <> '[]' and attachments @> $2 limit 1`,
);
const DELETE = statement(
  'messaging.delete-file',
  `update messaging.files f set deleted_at = $3 where f.workspace_id = $1 and f.id = $2 and f.deleted_at is null
    returning f.storage_key`,
);

function toView(row: FileRow): FileView {
  return {
    id: row.id,
    name: row.name,
    folder: row.folder_id === null ? null : { id: row.folder_id, name: row.folder_name! },
    mimeType: row.mime_type,
    size: row.size,
    sha256: row.sha256,
    width: row.width,
    height: row.height,
    storageKey: row.storage_key,
    uploadedBy: row.uploaded_by,
    createdAt: row.created_at,
  };
}

/** Rows of `messaging.files`. */
@Injectable()
export class FilesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add(
    workspaceId: string,
    id: string,
    file: IngestedFile,
    folderId: string | null,
    uploadedBy: Actor,
    now: string,
  ): Promise<FileView> {
    const { name, type, size, sha256, width, height, key } = file;
    const row = await this.database.row<FileRow>(ADD, [
      workspaceId,
      id,
      name,
      folderId,
      type,
      size,
      sha256,
      width,
      height,
      key,
      JSON.stringify(uploadedBy),
      now,
    ]);
    return toView(row!);
  }

  /** Returns the existing files of the given ids, in the order of the ids. */
  async findMany(workspaceId: string, ids: readonly string[]): Promise<FileView[]> {
    const found = new Map(
      (await this.database.rows<FileRow>(FIND_MANY, [workspaceId, ids])).map((row) => [row.id, toView(row)]),
    );
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** Finds a file for a signed link. The link is the permission and names no workspace. */
  async findInAnyWorkspace(id: string): Promise<FileView | null> {
    const row = await this.database.row<FileRow>(FIND_IN_ANY_WORKSPACE, [id]);
    return row && toView(row);
  }

  async update(workspaceId: string, id: string, name: string, folderId: string | null): Promise<void> {
    await this.database.execute(UPDATE, [workspaceId, id, name, folderId]);
  }

  list(workspaceId: string, filter: FilesFilter, request: PageRequest): Promise<Page<FileView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = [
      'f.workspace_id = $1',
      'f.deleted_at is null',
      ...rangeConditions('f.created_at', filter.createdAfter, filter.createdBefore, bind),
    ];
    if (filter.folderId === null) where.push('f.folder_id is null');
    else if (filter.folderId !== undefined) where.push(`f.folder_id = ${bind(filter.folderId)}`);
    if (filter.q) where.push(`f.name ilike ${bind(`%${escapeLike(filter.q)}%`)}`);
    const types = filter.types && bind(filter.types);
    if (types) where.push(`(f.mime_type = any(${types}) or split_part(f.mime_type, '/', 1) = any(${types}))`);
    return this.lists.read<FileRow, FileView>(
      {
        domain: 'messaging.list-files',
        select: COLUMNS,
        from: FROM,
        countFrom: 'messaging.files f',
        where,
        values,
        request,
        order: [
          { sql: 'f.created_at', type: 'timestamptz' },
          { sql: 'f.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }

  /** Returns true if a message has the file as an attachment. */
  async isAttached(workspaceId: string, id: string): Promise<boolean> {
    return (
      (await withSystemScope(() => this.database.row(IS_ATTACHED, [workspaceId, JSON.stringify([{ id }])]))) !== null
    );
  }

  /** Marks the file as deleted. Returns its storage key, or null if the file does not exist. */
  async delete(workspaceId: string, id: string, now: string): Promise<string | null> {
    return (await this.database.row<{ storage_key: string }>(DELETE, [workspaceId, id, now]))?.storage_key ?? null;
  }
}
