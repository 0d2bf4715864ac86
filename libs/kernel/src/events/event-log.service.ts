import { Injectable } from '@nestjs/common';
import { badRequestError } from '../errors/domain-error.js';
import type { Page, PageRequest } from '../pagination/page.js';
import { ContactEventsReader } from './contact-events-reader.js';
import type { RecordedEvent } from './domain-event.js';
import { EventsRepository, type EventListFilter } from './events.repository.js';
import { LogErasureRepository, type ContactEventRef } from './log-erasure.repository.js';

/** Reads the log for one workspace. */
@Injectable()
export class EventLogService {
  constructor(
    private readonly log: EventsRepository,
    private readonly contactEvents: ContactEventsReader,
    private readonly logErasure: LogErasureRepository,
  ) {}

  /** Events after one, oldest first. Never skips: what commits late comes later, in its place. */
  async list(
    workspaceId: string,
    after: string | null,
    filter: EventListFilter,
    limit: number,
  ): Promise<{ events: RecordedEvent[]; hasMore: boolean }> {
    const position = await this.getPosition(workspaceId, after);
    const events = await this.log.listByWorkspace(workspaceId, position, await this.log.horizon(), filter, limit + 1);
    return { events: events.slice(0, limit), hasMore: events.length > limit };
  }

  /**
   * Place of an event in the log; 0 for null.
   * @throws DomainError BAD_REQUEST when the workspace has no such event.
   */
  async getPosition(workspaceId: string, eventId: string | null): Promise<number> {
    if (eventId === null) return 0;
    const event = await this.log.findById(workspaceId, eventId);
    if (!event) throw badRequestError({ after: ['after is not the id of an event of this workspace'] });
    return event.position;
  }

  /** The change-set that an event goes back to, over all the events that led to it: what one request, timer or job set off shares it. */
  async rootChangeSet(event: RecordedEvent): Promise<string> {
    if (event.causationId === null) return event.changeSet;
    return (await this.log.rootChangeSet(event.workspaceId, event.id)) ?? event.changeSet;
  }

  /** Events about any of these contacts, and those that name one of them as `contact_id`: their conversations, what was said in them. */
  listByContacts(
    workspaceId: string,
    contactIds: readonly string[],
    types: readonly string[] | null,
    request: PageRequest,
  ): Promise<Page<RecordedEvent>> {
    return this.contactEvents.list(workspaceId, contactIds, types, request);
  }

  /** Which events have to do with a contact: up to `limit` after a place in the log. */
  listContactEventRefs(
    workspaceId: string,
    contactId: string,
    after: number,
    limit: number,
  ): Promise<ContactEventRef[]> {
    return this.logErasure.listContactEventRefs(workspaceId, contactId, after, limit);
  }

  /**
   * Takes out of the log, and of kept answers and errors, what tells who a contact was or what they said: of the events about them, ids, times, numbers and
   * the model's own words stay.
   * @param searchTerms texts of which each gives an answer away that tells of the contact, such as their id and e-mails.
   */
  eraseContact(workspaceId: string, contactId: string, searchTerms: readonly string[]): Promise<void> {
    return this.logErasure.redact(workspaceId, contactId, searchTerms);
  }

  /** How far the log can be read by now. */
  horizon(): Promise<number> {
    return this.log.horizon();
  }

  /** One page of a workspace's log, by position. */
  listPage(
    workspaceId: string,
    after: number,
    upTo: number,
    filter: EventListFilter,
    limit: number,
  ): Promise<RecordedEvent[]> {
    return this.log.listByWorkspace(workspaceId, after, upTo, filter, limit);
  }
}
