import { Injectable } from '@nestjs/common';
import { Clock, type Page, type PageRequest } from '@parley/kernel';
import { ContactFieldChecks } from './contact-fields.service.js';
import { parseContactFilter } from './contact-filter-fields.js';
import { ContactListsRepository } from './contact-lists.repository.js';
import { ContactSearchService } from './contact-search.service.js';
import type { ContactView } from './contact.view.js';
import type { ContactOrder, ContactsFilter } from './contacts-filter.js';
import { SegmentsRepository } from '../segments/segments.repository.js';

/** Lists contacts. */
@Injectable()
export class ContactLists {
  constructor(
    private readonly lists: ContactListsRepository,
    private readonly segments: SegmentsRepository,
    private readonly checks: ContactFieldChecks,
    private readonly search: ContactSearchService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST for a telephone number that is none. */
  async list(
    workspaceId: string,
    { q, segmentIds, ...filter }: ContactsFilter,
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    const { phone } = await this.checks.check(workspaceId, filter.phone === undefined ? {} : { phone: filter.phone });
    // There is nobody in a segment that there is not.
    const passing = segmentIds
      ? (await this.segments.filtersOf(workspaceId, segmentIds)).map(parseContactFilter)
      : null;
    const found = q ? await this.search.conditionOf(workspaceId, q, filter) : {};
    return this.lists.list(
      workspaceId,
      { ...filter, ...found, ...(phone && { phone }) },
      passing,
      this.clock.now(),
      orderBy,
      request,
    );
  }

  /** Contacts that pass a filter of the filter language. @throws DomainError BAD_REQUEST with every fault of the filter by its path. */
  listMatching(
    workspaceId: string,
    filter: unknown,
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    return this.lists.listMatching(workspaceId, parseContactFilter(filter), this.clock.now(), orderBy, request);
  }
}
