import { Injectable } from '@nestjs/common';
import { withSystemScope, type Actor } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
import { createBinder, Database, escapeLike, statement, UnitOfWork } from '@parley/kernel/database';
import type { IngestedFile } from '@parley/kernel/files';
import { rangeConditions, ListReader, type ListQuery, type Page, type PageRequest } from '@parley/kernel/pagination';
import { accessByConversationIdSql } from '../conversations/conversation-row.js';
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
/**
 * SQL: true if the file `f` is attached to a message or scheduled message, but to none in a conversation that the caller
 * can see.
 */
const isHiddenFileSql = (hidden: string): string => {
  const attached = `select m.conversation_id from messaging.messages m
      where m.workspace_id = $1 and m.attachments <> '[]' and m.attachments @> jsonb_build_array(jsonb_build_object('id', f.id))
    union all select s.conversation_id from messaging.scheduled_messages s
      where s.workspace_id = $1 and s.attachment_ids @> array[f.id]`;
  return `(exists (${attached}) and not exists (select 1 from (${attached}) a
    where ${accessByConversationIdSql('a.conversation_id', hidden)}))`;
};
const LIST_HIDDEN = statement(
  'messaging.list-hidden-files',
  `select f.id from messaging.files f where f.workspace_id = $1 and f.id = any($2) and ${isHiddenFileSql('$3')}`,
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
    private readonly unitOfWork: UnitOfWork,
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

  /** Returns the existing files of the given ids that the caller can see, in the order of the ids. */
  async findMany(workspaceId: string, ids: readonly string[]): Promise<FileView[]> {
    const found = new Map(
      (await this.database.rows<FileRow>(FIND_MANY, [workspaceId, ids])).map((row) => [row.id, toView(row)]),
    );
    const hiddenIds = await this.listHiddenIds(workspaceId, [...found.keys()]);
    return ids.flatMap((id) => (hiddenIds.has(id) ? [] : (found.get(id) ?? [])));
  }

  /**
   * Returns the files whose messages the caller cannot see. Reads outside of the current transaction: its scope would
   * not allow the index on attachments. Files that the transaction has added are not hidden.
   */
  private async listHiddenIds(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
    const hidden = currentHiddenInboxIds();
    if (hidden.length === 0 || ids.length === 0) return new Set();
    const rows = await withSystemScope(() =>
      this.unitOfWork.runInNewTransaction(() =>
        this.database.rows<{ id: string }>(LIST_HIDDEN, [workspaceId, ids, hidden]),
      ),
    );
    return new Set(rows.map(({ id }) => id));
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
    const hidden = currentHiddenInboxIds();
    if (hidden.length > 0) where.push(`not ${isHiddenFileSql(bind(hidden))}`);
    const query: ListQuery = {
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
    };
    const read = (): Promise<Page<FileView>> => this.lists.read<FileRow, FileView>(query, toView);
    return hidden.length > 0 ? withSystemScope(read) : read();
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
