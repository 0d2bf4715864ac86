import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { ContactFieldParser } from './contact-field-parser.service.js';
import { parseContactFilter } from './contact-filter-fields.js';
import { ContactListsRepository } from './contact-lists.repository.js';
import { ContactSearchService } from './contact-search.service.js';
import type { ContactView } from './contact.view.js';
import type { ContactOrder, ContactsFilter } from './contacts-filter.js';
import { SegmentsRepository } from '../segments/segments.repository.js';

@Injectable()
export class ContactListsService {
  constructor(
    private readonly lists: ContactListsRepository,
    private readonly segments: SegmentsRepository,
    private readonly contactFieldParser: ContactFieldParser,
    private readonly search: ContactSearchService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST for an invalid phone number. */
  async list(
    workspaceId: string,
    { q, segmentIds, ...filter }: ContactsFilter,
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    const { phone } = await this.contactFieldParser.parse(
      workspaceId,
      filter.phone === undefined ? {} : { phone: filter.phone },
    );
    // Unknown segments have no members.
    const segmentFilters = segmentIds
      ? (await this.segments.listFilters(workspaceId, segmentIds)).map(parseContactFilter)
      : null;
    const searchCondition = q ? await this.search.buildCondition(workspaceId, q, filter) : {};
    return this.lists.list(
      workspaceId,
      { ...filter, ...searchCondition, ...(phone && { phone }) },
      segmentFilters,
      this.clock.now(),
      orderBy,
      request,
    );
  }

  /** Contacts that match a filter. @throws DomainError BAD_REQUEST with all issues of the filter by path. */
  listMatching(
    workspaceId: string,
    filter: unknown,
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    return this.lists.listMatching(workspaceId, parseContactFilter(filter), this.clock.now(), orderBy, request);
  }
}
