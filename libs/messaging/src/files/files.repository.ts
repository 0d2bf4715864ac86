import { Injectable } from '@nestjs/common';
import { Database, statement, type Actor, type ReceivedFile } from '@parley/kernel';
import type { FileView } from './file.view.js';

interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly folder: string | null;
  readonly mime_type: string;
  readonly size: number;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly storage_key: string;
  readonly uploaded_by: Actor;
  readonly created_at: string;
}

const COLUMNS = 'f.id, f.name, f.folder, f.mime_type, f.size, f.sha256, f.width, f.height, f.storage_key, f.uploaded_by, f.created_at';
const ADD = statement(
  'messaging.add-file',
  `insert into messaging.files as f (id, workspace_id, name, folder, mime_type, size, sha256, width, height, storage_key, uploaded_by, created_at)
   values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${COLUMNS}`,
);
const FIND_MANY = statement('messaging.find-files', `select ${COLUMNS} from messaging.files f where f.workspace_id = $1 and f.id = any($2) and f.deleted_at is null`);
const FIND_ANYWHERE = statement('messaging.find-file-anywhere', `select ${COLUMNS} from messaging.files f where f.id = $1 and f.deleted_at is null`);
const DELETE = statement('messaging.delete-file', `update messaging.files f set deleted_at = $3 where f.workspace_id = $1 and f.id = $2 and f.deleted_at is null returning f.storage_key`);

function toView(row: FileRow): FileView {
  return {
    id: row.id, name: row.name, folder: row.folder, mimeType: row.mime_type, size: row.size, sha256: row.sha256, width: row.width, height: row.height,
    storageKey: row.storage_key, uploadedBy: row.uploaded_by, createdAt: row.created_at,
  };
}

/** Rows of `messaging.files`. */
@Injectable()
export class FilesRepository {
  constructor(private readonly database: Database) {}

  async add(workspaceId: string, id: string, file: ReceivedFile, folder: string | null, uploadedBy: Actor, now: string): Promise<FileView> {
    const { name, type, size, sha256, width, height, key } = file;
    const row = await this.database.row<FileRow>(ADD, [workspaceId, id, name, folder, type, size, sha256, width, height, key, JSON.stringify(uploadedBy), now]);
    return toView(row!);
  }

  /** Those of the ids that are files, in the order of the ids. */
  async findMany(workspaceId: string, ids: readonly string[]): Promise<FileView[]> {
    const found = new Map((await this.database.rows<FileRow>(FIND_MANY, [workspaceId, ids])).map((row) => [row.id, toView(row)]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** For links, which carry their permission with them and no workspace. */
  async findAnywhere(id: string): Promise<FileView | null> {
    const row = await this.database.row<FileRow>(FIND_ANYWHERE, [id]);
    return row && toView(row);
  }

  /** Gives the storage key; null when there is no such file. */
  async delete(workspaceId: string, id: string, now: string): Promise<string | null> {
    return (await this.database.row<{ storage_key: string }>(DELETE, [workspaceId, id, now]))?.storage_key ?? null;
  }
}
