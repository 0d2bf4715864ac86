import { Injectable } from '@nestjs/common';
import { createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { FileFoldersFilter, FileFolderView } from './file-folder.view.js';

interface FolderRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly files_count: number;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS = `d.id, d.name, (select count(*) from messaging.files f
    where f.workspace_id = d.workspace_id and f.folder_id = d.id and f.deleted_at is null) as files_count,
    d.version, d.created_at, d.updated_at`;

const FIND = statement(
  'messaging.find-file-folder',
  `select ${COLUMNS} from messaging.file_folders d where d.workspace_id = $1 and d.id = $2`,
);
const LOCK = statement(
  'messaging.lock-file-folder',
  `select ${COLUMNS} from messaging.file_folders d where d.workspace_id = $1 and d.id = $2 for update`,
);
const LOCK_SHARED = statement(
  'messaging.lock-file-folder-shared',
  'select 1 from messaging.file_folders d where d.workspace_id = $1 and d.id = $2 for key share',
);
const ADD = statement(
  'messaging.add-file-folder',
  'insert into messaging.file_folders (id, workspace_id, name) values ($2, $1, $3) on conflict do nothing',
);
// The update changes nothing: it makes the statement return the id of an existing folder and locks it.
const GET_OR_CREATE = statement(
  'messaging.get-or-create-file-folder',
  `insert into messaging.file_folders as d (id, workspace_id, name) values ($2, $1, $3)
    on conflict (workspace_id, lower(name)) do update set name = d.name returning d.id`,
);
const RENAME = statement(
  'messaging.rename-file-folder',
  `update messaging.file_folders set name = $3, version = version + 1, updated_at = now()
    where workspace_id = $1 and id = $2`,
);
const DELETE = statement(
  'messaging.delete-file-folder',
  'delete from messaging.file_folders where workspace_id = $1 and id = $2',
);
const DETACH_DELETED_FILES = statement(
  'messaging.detach-deleted-files',
  'update messaging.files set folder_id = null where workspace_id = $1 and folder_id = $2 and deleted_at is not null',
);

function toView(row: FolderRow): FileFolderView {
  return {
    id: row.id,
    name: row.name,
    filesCount: row.files_count,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Rows of `messaging.file_folders`. */
@Injectable()
export class FileFoldersRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<FileFolderView | null> {
    const row = await this.database.row<FolderRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** Locks the folder until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<FileFolderView | null> {
    const row = await this.database.row<FolderRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  /** Locks the folder against deletion until the transaction ends. Returns false if it does not exist. */
  async lockShared(workspaceId: string, id: string): Promise<boolean> {
    return (await this.database.row(LOCK_SHARED, [workspaceId, id])) !== null;
  }

  /** Returns false if the name is already used. */
  async add(workspaceId: string, id: string, name: string): Promise<boolean> {
    return (await this.database.execute(ADD, [workspaceId, id, name])) > 0;
  }

  /** Returns the id of the folder with that name. Creates it with the given id if it does not exist. */
  async getOrCreate(workspaceId: string, id: string, name: string): Promise<string> {
    return (await this.database.row<{ id: string }>(GET_OR_CREATE, [workspaceId, id, name]))!.id;
  }

  async rename(workspaceId: string, id: string, name: string): Promise<void> {
    await this.database.execute(RENAME, [workspaceId, id, name]);
  }

  /** Deletes an empty folder and removes it from files that are marked as deleted. */
  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DETACH_DELETED_FILES, [workspaceId, id]);
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  list(workspaceId: string, filter: FileFoldersFilter, request: PageRequest): Promise<Page<FileFolderView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = ['d.workspace_id = $1', ...timeConditions(filter, 'd', bind)];
    if (filter.q) where.push(`d.name ilike ${bind(`%${escapeLike(filter.q)}%`)}`);
    return this.lists.read<FolderRow, FileFolderView>(
      {
        domain: 'messaging.list-file-folders',
        select: COLUMNS,
        from: 'messaging.file_folders d',
        where,
        values,
        request,
        order: [
          { sql: 'lower(d.name)', type: 'text' },
          { sql: 'd.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
