import { Injectable } from '@nestjs/common';
import { invalidInputError } from '../errors/invalid-input-error.js';
import type { Page, PageRequest } from '../pagination/page.js';
import { collectVisible, readVisiblePage } from '../pagination/visible-page.js';
import { currentHiddenInboxIds } from '../context/request-context.js';
import { EventAccessService } from './event-access.service.js';
import { ContactEventsReader } from './contact-events-reader.js';
import type { RecordedEvent } from './domain-event.js';
import { EventsRepository, type EventListFilter } from './events.repository.js';
import { LogErasureRepository, type ContactEventRef } from './log-erasure.repository.js';

/** Part of the log, between two events, and its order. */
export interface EventRange {
  readonly after: string | null;
  readonly before: string | null;
  readonly newestFirst: boolean;
}

/** Page of the event log. */
export interface EventPage {
  readonly events: readonly RecordedEvent[];
  readonly lastId: string | null;
  readonly hasMore: boolean;
}

/** Positions of the log that are still to be read, and the last event before them. */
interface LogSlice {
  readonly from: number;
  readonly to: number;
  readonly lastId: string | null;
}

function sliceAfter({ from, to }: LogSlice, { id, position }: RecordedEvent, newestFirst: boolean): LogSlice {
  return newestFirst ? { from, to: position - 1, lastId: id } : { from: position, to, lastId: id };
}

/** Reads the event log of one workspace. */
@Injectable()
export class EventLogService {
  constructor(
    private readonly log: EventsRepository,
    private readonly contactEvents: ContactEventsReader,
    private readonly logErasure: LogErasureRepository,
    private readonly access: EventAccessService,
  ) {}

  /**
   * Events after and before others. Never skips an event: events are readable only when no earlier one can still be
   * committed. Events of conversations that the caller cannot see are left out, and others follow in their place.
   * `lastId` is the last event of the page; null without events.
   * @throws DomainError BAD_REQUEST if `after` or `before` does not exist in the workspace.
   */
  async list(
    workspaceId: string,
    { after, before, newestFirst }: EventRange,
    filter: EventListFilter,
    limit: number,
  ): Promise<EventPage> {
    const from = await this.getPosition(workspaceId, after);
    const to = before === null ? await this.log.horizon() : (await this.getPosition(workspaceId, before, 'before')) - 1;
    const hiddenInboxIds = currentHiddenInboxIds();
    const { items, next } = await collectVisible<RecordedEvent, LogSlice>(
      { from, to, lastId: null },
      limit + 1,
      async (slice) => {
        const read = await this.log.listByWorkspace(workspaceId, slice.from, slice.to, filter, limit + 1, newestFirst);
        return { items: read, next: read.length > limit ? sliceAfter(slice, read.at(-1)!, newestFirst) : null };
      },
      (events) => this.access.select(workspaceId, hiddenInboxIds, events),
    );
    const events = items.slice(0, limit);
    const isFull = items.length > limit;
    return {
      events,
      lastId: (isFull ? null : next?.lastId) ?? events.at(-1)?.id ?? null,
      hasMore: isFull || next !== null,
    };
  }

  /**
   * Position of an event in the log; 0 for null.
   * @throws DomainError BAD_REQUEST if the event does not exist in the workspace.
   */
  async getPosition(workspaceId: string, eventId: string | null, field = 'after'): Promise<number> {
    if (eventId === null) return 0;
    const event = await this.log.findById(workspaceId, eventId);
    if (!event) throw invalidInputError(field, 'must be the ID of an event in this workspace');
    return event.position;
  }

  /**
   * For each event of a workspace, the change set of the request, timer or job that led to it, through all events in
   * between. Shared by everything that it led to.
   */
  async rootChangeSets(events: readonly RecordedEvent[]): Promise<string[]> {
    const caused = events.filter(({ causationId }) => causationId !== null);
    const roots =
      caused.length === 0
        ? new Map<string, string>()
        : await this.log.listRootChangeSets(
            caused[0]!.workspaceId,
            caused.map(({ id }) => id),
          );
    return events.map(({ id, changeSet }) => roots.get(id) ?? changeSet);
  }

  /**
   * Events about any of these contacts, and events with one of them as `contact_id`, such as those of their
   * conversations and messages. Events of conversations that the caller cannot see are left out.
   */
  async listByContacts(
    workspaceId: string,
    contactIds: readonly string[],
    types: readonly string[] | null,
    request: PageRequest,
  ): Promise<Page<RecordedEvent>> {
    const read = (next: PageRequest): Promise<Page<RecordedEvent>> =>
      this.contactEvents.list(workspaceId, contactIds, types, next);
    const hiddenInboxIds = currentHiddenInboxIds();
    if (hiddenInboxIds.length === 0) return read(request);
    return readVisiblePage(request, read, (events) => this.access.select(workspaceId, hiddenInboxIds, events));
  }

  /** Up to `limit` events related to a contact, after a position in the log. */
  listContactEventRefs(
    workspaceId: string,
    contactId: string,
    after: number,
    limit: number,
  ): Promise<ContactEventRef[]> {
    return this.logErasure.listContactEventRefs(workspaceId, contactId, after, limit);
  }

  /**
   * Erases the personal data of a contact and the contents of their messages from the event log, stored responses and
   * errors. The contact's events keep IDs, times, numbers and fixed values of the data model.
   * @param searchTerms texts that identify the contact, such as the ID and e-mail addresses. Stored responses and
   * errors with any of them are erased.
   */
  eraseContact(workspaceId: string, contactId: string, searchTerms: readonly string[]): Promise<void> {
    return this.logErasure.redact(workspaceId, contactId, searchTerms);
  }

  /** The position up to which the log can be read now. */
  horizon(): Promise<number> {
    return this.log.horizon();
  }

  /** One page of the log of a workspace, by position. */
  listPage(
    workspaceId: string,
    after: number,
    upTo: number,
    filter: EventListFilter,
    limit: number,
  ): Promise<RecordedEvent[]> {
    return this.log.listByWorkspace(workspaceId, after, upTo, filter, limit);
  }

  /** The events of a workspace at these positions, in any order. Positions without an event are left out. */
  listAt(workspaceId: string, positions: readonly number[]): Promise<RecordedEvent[]> {
    return this.log.listAt(workspaceId, positions);
  }
}
