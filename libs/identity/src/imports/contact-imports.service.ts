import { createReadStream } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { assertNoIssues, Clock, currentActor, invalidInputError, newId, notFoundError, sentence } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { FileIngestService, FileUrlSigner, type SignedQuery } from '@parley/kernel/files';
import type { Upload } from '@parley/kernel/http';
import { defineJob, Jobs } from '@parley/kernel/jobs';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { AttributeValidator } from '../attributes/attribute-validator.service.js';
import { detectEncoding, type CsvEncoding } from '../csv/csv-encoding.js';
import { parseHeader, UnreadableCsvError, type CsvFormat } from '../csv/csv-records.js';
import { streamErrorsAsCsv } from './import-errors-csv.js';
import { guessMapping, mappingWarnings, validateMapping } from './import-mapping.js';
import type { ImportOptions, ImportView } from './import.view.js';
import { ImportsRepository } from './imports.repository.js';

/** Imports a file of contacts. */
export const IMPORT_CONTACTS = defineJob<{ readonly workspaceId: string; readonly importId: string }>(
  'identity.import-contacts',
  { attempts: 10 },
);

/** Maximum size of a file, in bytes. */
export const MAX_IMPORT_BYTES = 512 * 1024 * 1024;
const HEADER_BYTES = 65_536;
const ERRORS_PAGE_SIZE = 1_000;

/** Options of a new import. */
export type CreateImportInput = Omit<
  ImportOptions,
  'mapping' | 'encoding' | 'warnings' | keyof CsvFormat | 'columns'
> & {
  /** Null to detect it. */
  readonly encoding: CsvEncoding | null;
  /** Null to guess it from the column names. */
  readonly mapping: Readonly<Record<string, string>> | null;
};

/** Creates and reads imports. */
@Injectable()
export class ContactImportsService {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly attributeValidator: AttributeValidator,
    private readonly files: FileIngestService,
    private readonly links: FileUrlSigner,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the file and enqueues the import. @throws DomainError BAD_REQUEST if the file is not valid CSV or the
   * mapping does not match its columns.
   */
  async create(workspaceId: string, upload: Upload, input: CreateImportInput): Promise<ImportView> {
    const { header, ...format } = await readFileHeader(upload.path, input.encoding);
    const definedKeys = [...(await this.attributeValidator.getTypes(workspaceId, 'contact')).keys()];
    const mapping = input.mapping ?? guessMapping(header, definedKeys);
    const errors = validateMapping(header, mapping, input.upsertBy);
    assertNoIssues(errors.map((error) => ({ path: ['mapping'], message: sentence`${error}` })));
    const file = await this.files.storeFile(createReadStream(upload.path), {
      name: upload.filename,
      type: 'text/csv',
      limit: MAX_IMPORT_BYTES,
    });
    try {
      return await this.unitOfWork.run(async () => {
        const created = await this.imports.add(
          workspaceId,
          newId(),
          file,
          { ...input, ...format, mapping, warnings: mappingWarnings(mapping, definedKeys), columns: header },
          currentActor(),
          this.clock.now().toISOString(),
        );
        await this.jobs.enqueue(IMPORT_CONTACTS, { workspaceId, importId: created.id });
        return created;
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
    if (!view) throw notFoundError('Import');
    return view;
  }

  /** Signed URL of the failed and incomplete rows, valid for about one day; null if there are none. */
  buildErrorsUrl({ id, failed, incomplete }: ImportView): string | null {
    return failed + incomplete === 0 ? null : this.links.createUrl(id, { path: `/v1/contacts/imports/${id}/errors` });
  }

  /**
   * The failed and incomplete rows as CSV, with the reasons. @throws DomainError FORBIDDEN for an invalid or expired link, NOT_FOUND.
   */
  async exportErrors(id: string, query: SignedQuery): Promise<AsyncIterable<string>> {
    this.links.verify(id, query);
    const existing = await this.imports.findInAnyWorkspace(id);
    if (!existing) throw notFoundError('Import');
    return streamErrorsAsCsv(existing.view.options, (after) =>
      this.imports.listErrors(existing.workspaceId, id, after, ERRORS_PAGE_SIZE),
    );
  }
}

async function readFileHeader(
  path: string,
  requestedEncoding: CsvEncoding | null,
): Promise<CsvFormat & { readonly header: string[] }> {
  const detected = await detectEncoding(createReadStream(path));
  const encoding = requestedEncoding ?? detected.encoding;
  const isValidUtf8 = encoding === 'utf-8' && detected.isValidUtf8;
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: HEADER_BYTES - 1 })) chunks.push(chunk as Buffer);
  try {
    return { ...parseHeader(Buffer.concat(chunks), encoding), encoding, isValidUtf8 };
  } catch (error) {
    throw error instanceof UnreadableCsvError ? invalidInputError('file', sentence`${error.message}`) : error;
  }
}
