import { Injectable } from '@nestjs/common';
import {
  Clock,
  currentActor,
  defineJob,
  Events,
  Jobs,
  newId,
  notFound,
  SignedUrls,
  UnitOfWork,
  type DeliveredFile,
  type Page,
  type PageRequest,
  type SignedQuery,
  type TimeRange,
} from '@parley/kernel';
import { ExportRequested } from '../identity.events.js';
import { ExportContent } from './export-content.service.js';
import type { ExportOptions, ExportView } from './export.view.js';
import { ExportsRepository } from './exports.repository.js';

/** Writes an export's file. */
export const WRITE_EXPORT = defineJob<{ readonly workspaceId: string; readonly exportId: string }>(
  'identity.write-export',
  { attempts: 5 },
);

/** Seconds that a file can be had. */
export const FILE_KEPT_SECONDS = 86_400;

/** Files that contacts are written to. */
@Injectable()
export class ContactExports {
  constructor(
    private readonly exports: ExportsRepository,
    private readonly content: ExportContent,
    private readonly links: SignedUrls,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Has contacts written to a file. @throws DomainError BAD_REQUEST with every fault of the filter by its path, UNPROCESSABLE when there is no such segment. */
  async ofMany(workspaceId: string, options: ExportOptions): Promise<ExportView> {
    await this.content.check(workspaceId, null, options);
    return this.unitOfWork.run(() => this.begin(workspaceId, null, options));
  }

  /** Has all that is known about a contact written to a file. @throws DomainError NOT_FOUND */
  async ofPerson(workspaceId: string, contactId: string): Promise<ExportView> {
    const options: ExportOptions = { format: 'json', filter: null, fields: [] };
    await this.content.check(workspaceId, contactId, options);
    return this.unitOfWork.run(() => this.begin(workspaceId, contactId, options));
  }

  list(workspaceId: string, range: TimeRange, request: PageRequest): Promise<Page<ExportView>> {
    return this.exports.list(workspaceId, range, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ExportView> {
    const found = await this.exports.find(workspaceId, id);
    if (!found) throw notFound('Export');
    return found;
  }

  /** A link to the file, which works without a credential as long as the file is there; null when there is none. */
  linkTo({ id, file }: ExportView): string | null {
    return file && this.links.urlOf(signed(id), { path: `/v1/contacts/exports/${id}/file` });
  }

  /** The file that a link leads to. @throws DomainError FORBIDDEN for a link that is not ours or has expired, NOT_FOUND */
  async ofLink(id: string, query: SignedQuery): Promise<DeliveredFile> {
    this.links.verify(signed(id), query);
    const found = await this.exports.findAnywhere(id);
    const there = found?.file && found.expiresAt !== null && found.expiresAt > this.clock.now().toISOString();
    if (!there) throw notFound('File');
    return found.file;
  }

  private async begin(workspaceId: string, contactId: string | null, options: ExportOptions): Promise<ExportView> {
    const actor = currentActor();
    const kind = contactId === null ? 'contacts' : 'person';
    const made = await this.exports.add(
      workspaceId,
      newId(),
      kind,
      contactId,
      options,
      actor,
      this.clock.now().toISOString(),
    );
    await this.jobs.enqueue(WRITE_EXPORT, { workspaceId, exportId: made.id });
    this.events.append(
      new ExportRequested(actor.id ?? made.id, {
        export_id: made.id,
        kind,
        ...(contactId !== null && { contact_id: contactId }),
      }),
    );
    return made;
  }
}

function signed(id: string): string {
  return `export:${id}`;
}
