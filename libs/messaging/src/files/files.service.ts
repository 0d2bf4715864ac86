import { Injectable } from '@nestjs/common';
import { Clock, currentActor, DomainError, newId, notFoundError, unprocessableFieldError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { FileIngestService, FileUrlSigner, type SignedQuery, type IngestedFile } from '@parley/kernel/files';
import type { Upload } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import type { Attachment } from '../messages/message.view.js';
import { FileDeleted, FileUpdated } from '../shared-settings.events.js';
import type { FilesFilter, FileView } from './file.view.js';
import { FilesRepository } from './files.repository.js';
import { FileFoldersRepository } from './folders/file-folders.repository.js';

/** Files and message attachments. */
@Injectable()
export class FilesService {
  constructor(
    private readonly files: FilesRepository,
    private readonly folders: FileFoldersRepository,
    private readonly fileIngest: FileIngestService,
    private readonly links: FileUrlSigner,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the files of a multipart body in the named folder, which is created if it does not exist. If `callback`
   * throws, none of the files is kept.
   */
  async store<T>(
    workspaceId: string,
    uploads: readonly Upload[],
    folder: string | null,
    callback: (files: readonly FileView[]) => Promise<T>,
  ): Promise<T> {
    return this.fileIngest.storeUploads(uploads, async (receivedFiles) => {
      const folderId = folder === null ? null : await this.folders.getOrCreate(workspaceId, newId(), folder);
      return callback(await this.addAll(workspaceId, receivedFiles, folderId));
    });
  }

  /** Stores contents in memory without a folder. If `callback` throws, none of them is kept. */
  storeContents<T>(
    workspaceId: string,
    contents: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[],
    callback: (files: readonly FileView[]) => Promise<T>,
  ): Promise<T> {
    return this.fileIngest.storeContents(contents, async (receivedFiles) =>
      callback(await this.addAll(workspaceId, receivedFiles, null)),
    );
  }

  private async addAll(
    workspaceId: string,
    receivedFiles: readonly IngestedFile[],
    folderId: string | null,
  ): Promise<FileView[]> {
    const stored: FileView[] = [];
    for (const file of receivedFiles)
      stored.push(
        await this.files.add(workspaceId, newId(), file, folderId, currentActor(), this.clock.now().toISOString()),
      );
    return stored;
  }

  list(workspaceId: string, filter: FilesFilter, request: PageRequest): Promise<Page<FileView>> {
    return this.files.list(workspaceId, filter, request);
  }

  /**
   * Renames a file or moves it to another folder; null means no folder.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE when the folder does not exist.
   */
  update(
    workspaceId: string,
    id: string,
    input: { readonly name?: string; readonly folderId?: string | null },
  ): Promise<FileView> {
    return this.unitOfWork.run(async () => {
      const before = await this.get(workspaceId, id);
      const { name = before.name, folderId = before.folder?.id ?? null } = input;
      if (folderId !== null && !(await this.folders.lockShared(workspaceId, folderId)))
        throw unprocessableFieldError('folderId', 'No folder has this ID', folderId);
      const changed = changesBetween(
        { name: before.name, folder_id: before.folder?.id ?? null },
        { name, folder_id: folderId },
      );
      if (Object.keys(changed).length === 0) return before;
      await this.files.update(workspaceId, id, name, folderId);
      this.events.append(new FileUpdated(id, { name, changed }));
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<FileView> {
    const [file] = await this.files.findMany(workspaceId, [id]);
    if (!file) throw notFoundError('File');
    return file;
  }

  /**
   * Deletes a file and its content.
   * @throws DomainError NOT_FOUND, CONFLICT while a message has it as an attachment.
   */
  async delete(workspaceId: string, id: string): Promise<void> {
    await this.get(workspaceId, id);
    if (await this.files.isAttached(workspaceId, id))
      throw new DomainError('CONFLICT', 'The file is attached to a message. Delete the message first', { id });
    await this.unitOfWork.run(async () => {
      const { name } = await this.get(workspaceId, id);
      const key = await this.files.delete(workspaceId, id, this.clock.now().toISOString());
      if (key === null) throw notFoundError('File');
      this.events.append(new FileDeleted(id, { name }));
      this.unitOfWork.afterCommit(() => this.fileIngest.discard([key]));
    });
  }

  /**
   * Returns the files in the format of message attachments.
   * @throws DomainError UNPROCESSABLE for ids of missing files.
   */
  async getAttachments(workspaceId: string, ids: readonly string[]): Promise<Attachment[]> {
    if (ids.length === 0) return [];
    const found = await this.files.findMany(workspaceId, ids);
    const missing = ids.filter((id) => !found.some((file) => file.id === id));
    if (missing.length > 0) throw unprocessableFieldError('attachmentIds', 'Some files do not exist', missing);
    return found.map(toAttachment);
  }

  /** Returns the files that still exist, in the format of message attachments. */
  async listAttachments(workspaceId: string, ids: readonly string[]): Promise<Attachment[]> {
    return ids.length === 0 ? [] : (await this.files.findMany(workspaceId, ids)).map(toAttachment);
  }

  /** Returns the file of a signed link. @throws DomainError FORBIDDEN for an invalid or expired link, NOT_FOUND */
  async getByLink(id: string, query: SignedQuery): Promise<FileView> {
    this.links.verify(id, query);
    const file = await this.files.findInAnyWorkspace(id);
    if (!file) throw notFoundError('File');
    return file;
  }

  /** Returns a link to the content that works without a credential for about a day. */
  buildUrl(id: string): string {
    return this.links.createUrl(id);
  }
}

function toAttachment({ id, name, size, mimeType, width, height }: FileView): Attachment {
  return { id, name, size, mime_type: mimeType, width, height };
}
