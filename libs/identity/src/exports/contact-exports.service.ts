import { Injectable } from '@nestjs/common';
import { Clock, currentActor, newId, notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { FileUrlSigner, type DeliveredFile, type SignedQuery } from '@parley/kernel/files';
import { defineJob, Jobs } from '@parley/kernel/jobs';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { ExportRequested } from '../identity.events.js';
import { ExportContentBuilder } from './export-content-builder.service.js';
import type { ExportOptions, ExportView } from './export.view.js';
import { ExportsRepository } from './exports.repository.js';

/** Writes the file of an export. */
export const WRITE_EXPORT = defineJob<{ readonly workspaceId: string; readonly exportId: string }>(
  'identity.write-export',
  { attempts: 5 },
);

/** Time that the file of an export is available, in seconds. */
export const FILE_RETENTION_SECONDS = 86_400;

@Injectable()
export class ContactExportsService {
  constructor(
    private readonly exports: ExportsRepository,
    private readonly content: ExportContentBuilder,
    private readonly links: FileUrlSigner,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates an export of contacts. @throws DomainError BAD_REQUEST with all issues of the filter by path; UNPROCESSABLE
   * if the segment does not exist.
   */
  async createForContacts(workspaceId: string, options: ExportOptions): Promise<ExportView> {
    await this.content.validate(workspaceId, null, options);
    return this.unitOfWork.run(() => this.create(workspaceId, null, options));
  }

  /** Creates an export of all data of one contact. @throws DomainError NOT_FOUND */
  async createForContact(workspaceId: string, contactId: string): Promise<ExportView> {
    const options: ExportOptions = { format: 'json', filter: null, fields: [] };
    await this.content.validate(workspaceId, contactId, options);
    return this.unitOfWork.run(() => this.create(workspaceId, contactId, options));
  }

  list(workspaceId: string, range: TimeRange, request: PageRequest): Promise<Page<ExportView>> {
    return this.exports.list(workspaceId, range, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ExportView> {
    const found = await this.exports.find(workspaceId, id);
    if (!found) throw notFoundError('Export');
    return found;
  }

  /** Signed URL of the file, valid for the file's retention time; null if there is no file. */
  buildUrl({ id, file }: ExportView): string | null {
    return file && this.links.createUrl(linkResource(id), { path: `/v1/contacts/exports/${id}/file` });
  }

  /** The file of a signed URL. @throws DomainError FORBIDDEN for an invalid or expired link, NOT_FOUND. */
  async getByLink(id: string, query: SignedQuery): Promise<DeliveredFile> {
    this.links.verify(linkResource(id), query);
    const found = await this.exports.findInAnyWorkspace(id);
    const isAvailable = found?.file && found.expiresAt !== null && found.expiresAt > this.clock.now().toISOString();
    if (!isAvailable) throw notFoundError('File');
    return found.file;
  }

  private async create(workspaceId: string, contactId: string | null, options: ExportOptions): Promise<ExportView> {
    const actor = currentActor();
    const kind = contactId === null ? 'contacts' : 'person';
    const created = await this.exports.add(
      workspaceId,
      newId(),
      kind,
      contactId,
      options,
      actor,
      this.clock.now().toISOString(),
    );
    await this.jobs.enqueue(WRITE_EXPORT, { workspaceId, exportId: created.id });
    this.events.append(
      new ExportRequested(actor.id ?? created.id, {
        export_id: created.id,
        kind,
        ...(contactId !== null && { contact_id: contactId }),
      }),
    );
    return created;
  }
}

function linkResource(id: string): string {
  return `export:${id}`;
}
