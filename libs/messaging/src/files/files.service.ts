import { Injectable } from '@nestjs/common';
import { Clock, currentActor, DomainError, newId, notFoundError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { FileIngestService, FileUrlSigner, type SignedQuery } from '@parley/kernel/files';
import type { Upload } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import type { Attachment } from '../messages/message.view.js';
import type { FilesFilter, FileView } from './file.view.js';
import { FilesRepository } from './files.repository.js';
import { FileFoldersRepository } from './folders/file-folders.repository.js';

/** Files that messages carry. */
@Injectable()
export class FilesService {
  constructor(
    private readonly files: FilesRepository,
    private readonly folders: FileFoldersRepository,
    private readonly fileIngest: FileIngestService,
    private readonly links: FileUrlSigner,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Stores the files of a multipart body, in the folder of that name, which is made if need be; when `then` fails, none of them stays. */
  async store<T>(
    workspaceId: string,
    uploads: readonly Upload[],
    folder: string | null,
    callback: (files: readonly FileView[]) => Promise<T>,
  ): Promise<T> {
    return this.fileIngest.storeUploads(uploads, async (receivedFiles) => {
      const stored: FileView[] = [];
      const folderId = folder === null ? null : await this.folders.getOrCreate(workspaceId, newId(), folder);
      for (const file of receivedFiles)
        stored.push(
          await this.files.add(workspaceId, newId(), file, folderId, currentActor(), this.clock.now().toISOString()),
        );
      return callback(stored);
    });
  }

  list(workspaceId: string, filter: FilesFilter, request: PageRequest): Promise<Page<FileView>> {
    return this.files.list(workspaceId, filter, request);
  }

  /** Renames a file or moves it to another folder; null is none. @throws DomainError NOT_FOUND, UNPROCESSABLE when there is no such folder. */
  update(
    workspaceId: string,
    id: string,
    input: { readonly name?: string; readonly folderId?: string | null },
  ): Promise<FileView> {
    return this.unitOfWork.run(async () => {
      const before = await this.get(workspaceId, id);
      const { name = before.name, folderId = before.folder?.id ?? null } = input;
      if (folderId !== null && !(await this.folders.lockShared(workspaceId, folderId)))
        throw unprocessableError('There is no folder with this id', { folder_id: folderId });
      await this.files.update(workspaceId, id, name, folderId);
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<FileView> {
    const [file] = await this.files.findMany(workspaceId, [id]);
    if (!file) throw notFoundError('File');
    return file;
  }

  /** Deletes a file and its bytes. @throws DomainError NOT_FOUND, CONFLICT while a message carries it. */
  async delete(workspaceId: string, id: string): Promise<void> {
    if (await this.files.isAttached(workspaceId, id))
      throw new DomainError('CONFLICT', 'A message carries this file: take that back first', { id });
    await this.unitOfWork.run(async () => {
      const key = await this.files.delete(workspaceId, id, this.clock.now().toISOString());
      if (key === null) throw notFoundError('File');
      this.unitOfWork.afterCommit(() => this.fileIngest.discard([key]));
    });
  }

  /** The files as a message carries them. @throws DomainError UNPROCESSABLE for an id that is no file's. */
  async getAttachments(workspaceId: string, ids: readonly string[]): Promise<Attachment[]> {
    if (ids.length === 0) return [];
    const found = await this.files.findMany(workspaceId, ids);
    const missing = ids.filter((id) => !found.some((file) => file.id === id));
    if (missing.length > 0) throw unprocessableError('There is no file with this id', { attachment_ids: missing });
    return found.map(toAttachment);
  }

  /** Those of the files that are still there, as a message carries them. */
  async listAttachments(workspaceId: string, ids: readonly string[]): Promise<Attachment[]> {
    return ids.length === 0 ? [] : (await this.files.findMany(workspaceId, ids)).map(toAttachment);
  }

  /** The file that a link leads to. @throws DomainError FORBIDDEN for a link that is not ours or has expired, NOT_FOUND */
  async getByLink(id: string, query: SignedQuery): Promise<FileView> {
    this.links.verify(id, query);
    const file = await this.files.findInAnyWorkspace(id);
    if (!file) throw notFoundError('File');
    return file;
  }

  /** A link to the content that works without a credential for about a day. */
  buildUrl(id: string): string {
    return this.links.createUrl(id);
  }
}

function toAttachment({ id, name, size, mimeType, width, height }: FileView): Attachment {
  return { id, name, size, mime_type: mimeType, width, height };
}
