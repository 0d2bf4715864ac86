import { Injectable } from '@nestjs/common';
import { badRequest } from '../errors/domain-error.js';
import type { Page, PageRequest } from '../pagination/page.js';
import { ContactLog } from './contact-log.js';
import type { RecordedEvent } from './domain-event.js';
import { EventsRepository, type EventListFilter } from './events.repository.js';
import { LogErasureRepository, type EventTrace } from './log-erasure.repository.js';

/** Reads the log for one workspace. */
@Injectable()
export class EventLogService {
  constructor(
    private readonly log: EventsRepository,
    private readonly ofContacts: ContactLog,
    private readonly erasure: LogErasureRepository,
  ) {}

  /** Events after one, oldest first. Never skips: what commits late comes later, in its place. */
  async list(
    workspaceId: string,
    after: string | null,
    filter: EventListFilter,
    limit: number,
  ): Promise<{ events: RecordedEvent[]; hasMore: boolean }> {
    const position = await this.positionOf(workspaceId, after);
    const events = await this.log.listOfWorkspace(workspaceId, position, await this.log.horizon(), filter, limit + 1);
    return { events: events.slice(0, limit), hasMore: events.length > limit };
  }

  /**
   * Place of an event in the log; 0 for null.
   * @throws DomainError BAD_REQUEST when the workspace has no such event.
   */
  async positionOf(workspaceId: string, eventId: string | null): Promise<number> {
    if (eventId === null) return 0;
    const event = await this.log.findById(workspaceId, eventId);
    if (!event) throw badRequest({ after: ['after is not the id of an event of this workspace'] });
    return event.position;
  }

  /** The change-set that an event goes back to, over all the events that led to it: what one request, timer or job set off shares it. */
  async rootChangeSet(event: RecordedEvent): Promise<string> {
    if (event.causationId === null) return event.changeSet;
    return (await this.log.rootChangeSet(event.workspaceId, event.id)) ?? event.changeSet;
  }

  /** Events about any of these contacts, and those that name one of them as `contact_id`: their conversations, what was said in them. */
  listOfContacts(
    workspaceId: string,
    contactIds: readonly string[],
    types: readonly string[] | null,
    request: PageRequest,
  ): Promise<Page<RecordedEvent>> {
    return this.ofContacts.list(workspaceId, contactIds, types, request);
  }

  /** Which events have to do with a contact: up to `limit` after a place in the log. */
  tracesOf(workspaceId: string, contactId: string, after: number, limit: number): Promise<EventTrace[]> {
    return this.erasure.traces(workspaceId, contactId, after, limit);
  }

  /**
   * Takes out of the log, and of kept answers and errors, what tells who a contact was or what they said: of the events about them, ids, times, numbers and
   * the model's own words stay.
   * @param words texts of which each gives an answer away that tells of the contact, such as their id and e-mails.
   */
  forgetContact(workspaceId: string, contactId: string, words: readonly string[]): Promise<void> {
    return this.erasure.redact(workspaceId, contactId, words);
  }

  /** How far the log can be read by now. */
  horizon(): Promise<number> {
    return this.log.horizon();
  }

  /** One page of a workspace's log, by position. */
  page(
    workspaceId: string,
    after: number,
    upTo: number,
    filter: EventListFilter,
    limit: number,
  ): Promise<RecordedEvent[]> {
    return this.log.listOfWorkspace(workspaceId, after, upTo, filter, limit);
  }
}
