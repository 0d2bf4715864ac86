import { Injectable } from '@nestjs/common';
import { unprocessableFieldError } from '@parley/kernel';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactListsRepository, type ContactSelection } from '../contacts/contact-lists.repository.js';
import { ContactErasureRepository } from '../contacts/contact-erasure.repository.js';
import type { ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { formatCsvHeader, formatCsvRows } from '../csv/csv-writer.js';
import { ContactDataRegistry } from '../contact-data/contact-data-registry.service.js';
import { readExportCell, readExportField, EXPORT_FIELDS } from './contact-export-fields.js';
import { SegmentsRepository } from '../segments/segments.repository.js';
import type { ExportOptions, ExportView } from './export.view.js';

const PAGE_SIZE = 500;

type ReportProgress = (added: number) => Promise<void>;

/** Builds the content of exports. */
@Injectable()
export class ExportContentBuilder {
  constructor(
    private readonly contactLists: ContactListsRepository,
    private readonly contacts: ContactsService,
    private readonly contactRecords: ContactErasureRepository,
    private readonly segments: SegmentsRepository,
    private readonly contactData: ContactDataRegistry,
  ) {}

  /**
   * @throws DomainError NOT_FOUND for an unknown contact; BAD_REQUEST with all issues of the filter by path;
   * UNPROCESSABLE if the segment does not exist.
   */
  async validate(workspaceId: string, contactId: string | null, options: ExportOptions): Promise<void> {
    if (contactId !== null) await this.contacts.get(workspaceId, contactId);
    await this.resolveSelection(workspaceId, options);
  }

  /** Number of contacts to write; null for an export of one contact. */
  async countTotal(workspaceId: string, { kind, options, createdAt }: ExportView): Promise<number | null> {
    return kind === 'person'
      ? null
      : this.contactLists.count(workspaceId, await this.resolveSelection(workspaceId, options), createdAt);
  }

  /** The content in chunks. @param reportProgress called with the number of contacts or records added. */
  build(workspaceId: string, view: ExportView, reportProgress: ReportProgress): AsyncIterable<string> {
    return view.kind === 'person'
      ? this.buildPerson(workspaceId, view.contactId!, reportProgress)
      : this.buildContacts(workspaceId, view, reportProgress);
  }

  private async resolveSelection(
    workspaceId: string,
    { filter, segmentId = null }: ExportOptions,
  ): Promise<ContactSelection> {
    if (segmentId === null) return { ids: null, filter: filter === null ? null : parseContactFilter(filter) };
    const segment = await this.segments.find(workspaceId, segmentId);
    if (!segment) throw unprocessableFieldError('segmentId', 'Segment not found', segmentId);
    return { ids: null, filter: parseContactFilter(segment.filter) };
  }

  private async *buildContacts(
    workspaceId: string,
    { options, createdAt }: ExportView,
    reportProgress: ReportProgress,
  ): AsyncGenerator<string> {
    const { fields } = options;
    const selection = await this.resolveSelection(workspaceId, options);
    if (options.format === 'csv') yield formatCsvHeader(fields);
    for (let after: string | null = null; ;) {
      const page: ContactView[] = await this.contactLists.listPage(workspaceId, selection, after, createdAt, PAGE_SIZE);
      if (page.length === 0) return;
      if (options.format === 'csv')
        yield formatCsvRows(page.map((contact) => fields.map((field) => readExportCell(contact, field))));
      else yield page.map((contact) => `${JSON.stringify(toRecord(contact, fields))}\n`).join('');
      await reportProgress(page.length);
      after = page.at(-1)!.id;
    }
  }

  private async *buildPerson(
    workspaceId: string,
    contactId: string,
    reportProgress: ReportProgress,
  ): AsyncGenerator<string> {
    const contactIds = await this.contacts.listMergedIds(workspaceId, contactId);
    const contacts = await this.contactRecords.find(workspaceId, contactIds);
    const merged = contacts.filter(({ id }) => id !== contactId).map((item) => toRecord(item, EXPORT_FIELDS));
    const contact = contacts.find(({ id }) => id === contactId);
    const record = contact ? toRecord(contact, EXPORT_FIELDS) : null;
    yield `{"contact":${JSON.stringify(record)},"merged_contacts":${JSON.stringify(merged)},"records":[`;
    let separator = '\n';
    for (const id of contactIds) {
      for (const [, owner] of this.contactData.all()) {
        for await (const record of owner.export(workspaceId, id)) {
          yield `${separator}${JSON.stringify(record)}`;
          separator = ',\n';
          await reportProgress(1);
        }
      }
    }
    yield '\n]}\n';
  }
}

function toRecord(contact: ContactView, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, readExportField(contact, field)]));
}
