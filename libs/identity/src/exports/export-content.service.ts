import { Injectable } from '@nestjs/common';
import { unprocessable } from '@parley/kernel';
import { stringify } from 'csv-stringify/sync';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactListsRepository, type ContactSelection } from '../contacts/contact-lists.repository.js';
import { ContactErasureRepository } from '../contacts/contact-erasure.repository.js';
import type { ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactHoldingsRegistry } from '../holdings/contact-holdings.service.js';
import { exportedCell, exportedField, EXPORT_FIELDS } from './contact-export-fields.js';
import { SegmentsRepository } from '../segments/segments.repository.js';
import type { ExportOptions, ExportView } from './export.view.js';

const PAGE = 500;

type Count = (more: number) => Promise<void>;

/** What stands in exports. */
@Injectable()
export class ExportContent {
  constructor(
    private readonly lists: ContactListsRepository,
    private readonly contacts: ContactsService,
    private readonly rows: ContactErasureRepository,
    private readonly segments: SegmentsRepository,
    private readonly holdings: ContactHoldingsRegistry,
  ) {}

  /** @throws DomainError NOT_FOUND for a contact who is not there, BAD_REQUEST with every fault of the filter by its path, UNPROCESSABLE when there is no such segment. */
  async check(workspaceId: string, contactId: string | null, options: ExportOptions): Promise<void> {
    if (contactId !== null) await this.contacts.get(workspaceId, contactId);
    await this.selection(workspaceId, options);
  }

  /** How much there is to write; null when that shows in the end only. */
  async total(workspaceId: string, { kind, options, createdAt }: ExportView): Promise<number | null> {
    return kind === 'person'
      ? null
      : this.lists.count(workspaceId, await this.selection(workspaceId, options), createdAt);
  }

  /** The content, piece by piece. @param count is told how many more contacts or records there are. */
  write(workspaceId: string, view: ExportView, count: Count): AsyncIterable<string> {
    return view.kind === 'person'
      ? this.person(workspaceId, view.contactId!, count)
      : this.many(workspaceId, view, count);
  }

  private async selection(workspaceId: string, { filter, segmentId = null }: ExportOptions): Promise<ContactSelection> {
    if (segmentId === null) return { ids: null, filter: filter === null ? null : parseContactFilter(filter) };
    const segment = await this.segments.find(workspaceId, segmentId);
    if (!segment) throw unprocessable('There is no segment with this id', { segment_id: segmentId });
    return { ids: null, filter: parseContactFilter(segment.filter) };
  }

  private async *many(workspaceId: string, { options, createdAt }: ExportView, count: Count): AsyncGenerator<string> {
    const { fields } = options;
    const selection = await this.selection(workspaceId, options);
    if (options.format === 'csv') yield stringify([[...fields]], { escape_formulas: true });
    for (let after: string | null = null; ;) {
      const page: ContactView[] = await this.lists.pageOf(workspaceId, selection, after, createdAt, PAGE);
      if (page.length === 0) return;
      // A cell that begins like a formula would be run by a spreadsheet.
      if (options.format === 'csv')
        yield stringify(
          page.map((contact) => fields.map((field) => exportedCell(contact, field))),
          { escape_formulas: true },
        );
      else yield page.map((contact) => `${JSON.stringify(objectOf(contact, fields))}\n`).join('');
      await count(page.length);
      after = page.at(-1)!.id;
    }
  }

  private async *person(workspaceId: string, contactId: string, count: Count): AsyncGenerator<string> {
    const everybody = await this.contacts.withMerged(workspaceId, contactId);
    const known = await this.rows.find(workspaceId, everybody);
    const merged = known.filter(({ id }) => id !== contactId).map((one) => objectOf(one, EXPORT_FIELDS));
    const contact = known.find(({ id }) => id === contactId);
    yield `{"contact":${JSON.stringify(contact ? objectOf(contact, EXPORT_FIELDS) : null)},"merged_contacts":${JSON.stringify(merged)},"records":[`;
    let separator = '\n';
    for (const id of everybody) {
      for (const [, holder] of this.holdings.all()) {
        for await (const record of holder.export(workspaceId, id)) {
          yield `${separator}${JSON.stringify(record)}`;
          separator = ',\n';
          await count(1);
        }
      }
    }
    yield '\n]}\n';
  }
}

function objectOf(contact: ContactView, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, exportedField(contact, field)]));
}
