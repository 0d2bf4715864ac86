import { Injectable } from '@nestjs/common';
import { EventLogService, type RecordedEvent } from '@parley/kernel/events';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { ContactsService } from '../contacts/contacts.service.js';

/** Reads the events of contacts from the event log. */
@Injectable()
export class ContactTimelineService {
  constructor(
    private readonly contacts: ContactsService,
    private readonly log: EventLogService,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async list(
    workspaceId: string,
    contactId: string,
    types: readonly string[] | null,
    request: PageRequest,
  ): Promise<Page<RecordedEvent>> {
    await this.contacts.get(workspaceId, contactId);
    return this.log.listByContacts(
      workspaceId,
      await this.contacts.listMergedIds(workspaceId, contactId),
      types,
      request,
    );
  }
}
