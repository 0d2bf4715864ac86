import { createReadStream } from 'node:fs';
import { Injectable } from '@nestjs/common';
import {
  badRequest,
  Clock,
  currentActor,
  defineJob,
  FileIntake,
  Jobs,
  newId,
  notFound,
  SignedUrls,
  UnitOfWork,
  type Page,
  type PageRequest,
  type SignedQuery,
  type TimeRange,
  type Upload,
} from '@parley/kernel';
import { AttributeChecks } from '../attributes/attribute-checks.service.js';
import { readHeader, UnreadableCsv } from './csv-records.js';
import { errorsAsCsv } from './import-errors-csv.js';
import { guessMapping, mappingFaults } from './import-mapping.js';
import type { ImportOptions, ImportView } from './import.view.js';
import { ImportsRepository } from './imports.repository.js';

/** Takes a file of contacts in. */
export const IMPORT_CONTACTS = defineJob<{ readonly workspaceId: string; readonly importId: string }>(
  'identity.import-contacts',
  { attempts: 20 },
);

/** Bytes of the largest file that is taken. */
export const LARGEST_IMPORT = 512 * 1024 * 1024;
const HEAD_BYTES = 65_536;
const ERRORS_PAGE = 1_000;

/** What is asked for; the mapping is guessed where none is given. */
export type WantedImport = Omit<ImportOptions, 'mapping' | 'delimiter' | 'columns'> & {
  readonly mapping: Readonly<Record<string, string>> | null;
};

/** Files of contacts that are taken in. */
@Injectable()
export class ContactImports {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly attributes: AttributeChecks,
    private readonly files: FileIntake,
    private readonly links: SignedUrls,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Stores the file and begins. @throws DomainError BAD_REQUEST for a file that is no CSV, or a mapping that does not fit it. */
  async begin(workspaceId: string, upload: Upload, wanted: WantedImport): Promise<ImportView> {
    const { delimiter, header } = await headerOf(upload.path);
    const mapping =
      wanted.mapping ?? guessMapping(header, [...(await this.attributes.typesOf(workspaceId, 'contact')).keys()]);
    const faults = mappingFaults(header, mapping, wanted.upsertBy);
    if (faults.length > 0) throw badRequest({ mapping: faults });
    const file = await this.files.receiveFile(createReadStream(upload.path), {
      name: upload.filename,
      type: 'text/csv',
      limit: LARGEST_IMPORT,
    });
    try {
      return await this.unitOfWork.run(async () => {
        const made = await this.imports.add(
          workspaceId,
          newId(),
          file,
          { ...wanted, mapping, delimiter, columns: header },
          currentActor(),
          this.clock.now().toISOString(),
        );
        await this.jobs.enqueue(IMPORT_CONTACTS, { workspaceId, importId: made.id });
        return made;
      });
    } catch (error) {
      await this.files.discard([file.key]);
      throw error;
    }
  }

  list(workspaceId: string, range: TimeRange, request: PageRequest): Promise<Page<ImportView>> {
    return this.imports.list(workspaceId, range, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ImportView> {
    const view = await this.imports.find(workspaceId, id);
    if (!view) throw notFound('Import');
    return view;
  }

  /** A link to the rows that could not be taken in; it works without a credential for about a day. Null when there are none. */
  errorsLink({ id, failed }: ImportView): string | null {
    return failed === 0 ? null : this.links.urlOf(id, { path: `/v1/contacts/imports/${id}/errors` });
  }

  /** The rows that could not be taken in, as CSV with the reasons. @throws DomainError FORBIDDEN for a link that is not ours or has expired, NOT_FOUND */
  async errors(id: string, query: SignedQuery): Promise<AsyncIterable<string>> {
    this.links.verify(id, query);
    const known = await this.imports.findAnywhere(id);
    if (!known) throw notFound('Import');
    return errorsAsCsv(known.view.options.columns, (after) =>
      this.imports.errors(known.workspaceId, id, after, ERRORS_PAGE),
    );
  }
}

async function headerOf(path: string): Promise<{ delimiter: string; header: string[] }> {
  const head: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: HEAD_BYTES - 1 })) head.push(chunk as Buffer);
  try {
    return readHeader(Buffer.concat(head));
  } catch (error) {
    throw error instanceof UnreadableCsv ? badRequest({ file: [error.message] }) : error;
  }
}
