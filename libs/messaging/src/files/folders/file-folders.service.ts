import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  DomainError,
  newId,
  notFound,
  refusing,
  UnitOfWork,
  type Page,
  type PageRequest,
} from '@parley/kernel';
import type { FileFoldersFilter, FileFolderView } from './file-folder.view.js';
import { FileFoldersRepository } from './file-folders.repository.js';

/** Folders that files are kept in. */
@Injectable()
export class FileFoldersService {
  constructor(
    private readonly folders: FileFoldersRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  list(workspaceId: string, filter: FileFoldersFilter, request: PageRequest): Promise<Page<FileFolderView>> {
    return this.folders.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<FileFolderView> {
    return found(await this.folders.find(workspaceId, id));
  }

  /** @throws DomainError CONFLICT when the name is taken. */
  create(workspaceId: string, name: string): Promise<FileFolderView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      if (!(await this.folders.add(workspaceId, id, name))) throw taken(name);
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError NOT_FOUND, CONFLICT when the name is taken, PRECONDITION_FAILED */
  rename(workspaceId: string, id: string, name: string, expected: number | null): Promise<FileFolderView> {
    return this.unitOfWork.run(async () => {
      const before = found(await this.folders.lock(workspaceId, id));
      assertVersion(expected, before.version, () => before);
      if (before.name === name) return before;
      await refusing({ file_folders_name: () => taken(name) }, () => this.folders.rename(workspaceId, id, name));
      return this.get(workspaceId, id);
    });
  }

  /** Deletes a folder that is empty; gives what it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED, CONFLICT while files are in it. */
  delete(workspaceId: string, id: string, expected: number | null): Promise<FileFolderView> {
    return this.unitOfWork.run(async () => {
      const known = found(await this.folders.lock(workspaceId, id));
      const { filesCount } = known;
      assertVersion(expected, known.version, () => known);
      if (filesCount > 0)
        throw new DomainError('CONFLICT', 'There are files in this folder: move or delete them first', {
          files_count: filesCount,
        });
      await this.folders.delete(workspaceId, id);
      return known;
    });
  }
}

function found(folder: FileFolderView | null): FileFolderView {
  if (!folder) throw notFound('Folder');
  return folder;
}

function taken(name: string): DomainError {
  return new DomainError('CONFLICT', `There is a folder called ${name} already`, { name });
}
