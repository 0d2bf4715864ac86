import { Injectable } from '@nestjs/common';
import { DomainError, newId, notFoundError } from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { FileFolderCreated, FileFolderDeleted, FileFolderUpdated } from '../../shared-settings.events.js';
import type { FileFoldersFilter, FileFolderView } from './file-folder.view.js';
import { FileFoldersRepository } from './file-folders.repository.js';

/** Folders of files. */
@Injectable()
export class FileFoldersService {
  constructor(
    private readonly folders: FileFoldersRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  list(workspaceId: string, filter: FileFoldersFilter, request: PageRequest): Promise<Page<FileFolderView>> {
    return this.folders.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<FileFolderView> {
    return assertFound(await this.folders.find(workspaceId, id));
  }

  /** @throws DomainError CONFLICT when the name is already used. */
  create(workspaceId: string, name: string): Promise<FileFolderView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await withUniqueName(name, () => this.folders.add(workspaceId, id, name));
      this.events.append(new FileFolderCreated(id, { name }));
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError NOT_FOUND, CONFLICT when the name is already used, PRECONDITION_FAILED */
  rename(workspaceId: string, id: string, name: string, expectedVersion: number | null): Promise<FileFolderView> {
    return this.unitOfWork.run(async () => {
      const before = assertFound(await this.folders.lock(workspaceId, id));
      assertVersion(expectedVersion, before.version, () => before);
      if (before.name === name) return before;
      await withUniqueName(name, () => this.folders.rename(workspaceId, id, name));
      this.events.append(new FileFolderUpdated(id, { name, changed: { name: [before.name, name] } }));
      return this.get(workspaceId, id);
    });
  }

  /**
   * Deletes an empty folder and returns it.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, CONFLICT while it contains files.
   */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<FileFolderView> {
    return this.unitOfWork.run(async () => {
      const existing = assertFound(await this.folders.lock(workspaceId, id));
      const { filesCount } = existing;
      assertVersion(expectedVersion, existing.version, () => existing);
      if (filesCount > 0)
        throw new DomainError('CONFLICT', 'The folder contains files. Move or delete them first', {
          filesCount,
        });
      await this.folders.delete(workspaceId, id);
      this.events.append(new FileFolderDeleted(id, { name: existing.name }));
      return existing;
    });
  }
}

function assertFound(folder: FileFolderView | null): FileFolderView {
  if (!folder) throw notFoundError('Folder');
  return folder;
}

function withUniqueName(name: string, write: () => Promise<void>): Promise<void> {
  const nameConflictError = (): DomainError =>
    new DomainError('CONFLICT', `A folder named ${name} already exists`, { name });
  return mapConstraintErrors({ file_folders_name: nameConflictError }, write);
}
