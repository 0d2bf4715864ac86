import { Injectable } from '@nestjs/common';
import { EventLogService, type Page, type PageRequest, type RecordedEvent } from '@parley/kernel';
import { ContactsService } from '../contacts/contacts.service.js';

/** What happened with contacts, from the event log. */
@Injectable()
export class ContactTimeline {
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
    return this.log.listOfContacts(workspaceId, await this.contacts.withMerged(workspaceId, contactId), types, request);
  }
}
