import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { nameKey, ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import { FileFolderEntity } from './file-folder.entity.js';
import type { FileFoldersFilter, FileFolderView } from './file-folder.view.js';

const FIELDS = ['id', 'name', 'version', 'createdAt', 'updatedAt'] as const;

type FolderRow = Pick<FileFolderEntity, (typeof FIELDS)[number]> & Pick<FileFolderView, 'filesCount'>;

const COLUMNS = `${columnsOf(FileFolderEntity, 'd', FIELDS)}, (select count(*) from messaging.files f
    where f.workspace_id = d.workspace_id and f.folder_id = d.id and f.deleted_at is null) as "filesCount"`;

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
// The update changes nothing: it makes the statement return the id of an existing folder and locks it.
const GET_OR_CREATE = statement(
  'messaging.get-or-create-file-folder',
  `insert into messaging.file_folders as d (id, workspace_id, name) values ($2, $1, $3)
    on conflict (workspace_id, lower(name)) do update set name = d.name returning d.id`,
);
const DETACH_DELETED_FILES = statement(
  'messaging.detach-deleted-files',
  'update messaging.files set folder_id = null where workspace_id = $1 and folder_id = $2 and deleted_at is not null',
);

function toView(row: FolderRow): FileFolderView {
  return pick(row, [...FIELDS, 'filesCount']);
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

  /** Fails on `file_folders_name` if the name is already used, as {@link rename} does. */
  async add(workspaceId: string, id: string, name: string): Promise<void> {
    await this.database.repository(FileFolderEntity).insert({ workspaceId, id, name });
  }

  /** Returns the id of the folder with that name. Creates it with the given id if it does not exist. */
  async getOrCreate(workspaceId: string, id: string, name: string): Promise<string> {
    return (await this.database.row<{ id: string }>(GET_OR_CREATE, [workspaceId, id, name]))!.id;
  }

  async rename(workspaceId: string, id: string, name: string): Promise<void> {
    await this.database.repository(FileFolderEntity).update({ workspaceId, id }, { name });
  }

  /** Deletes an empty folder and removes it from files that are marked as deleted. */
  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DETACH_DELETED_FILES, [workspaceId, id]);
    await this.database.repository(FileFolderEntity).delete({ workspaceId, id });
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
        order: [nameKey('d.name'), { sql: 'd.id', type: 'uuid' }],
      },
      toView,
    );
  }
}
