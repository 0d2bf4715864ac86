import { Injectable } from '@nestjs/common';
import type { RecordedEvent } from './domain-event.js';

/** What decides about the access to an event or a signal. */
export type AccessedEvent = Pick<RecordedEvent, 'workspaceId' | 'subjectId' | 'data'> &
  Partial<Pick<RecordedEvent, 'subjectType'>>;

/** Returns the events that a caller can see to whom these inboxes are hidden. Runs with the scope of the system. */
export type EventAccessFilter = <Event extends AccessedEvent>(
  workspaceId: string,
  hiddenInboxIds: readonly string[],
  events: readonly Event[],
) => Promise<Event[]>;

/** Limits the event log to the events that a caller can see. The domain that owns conversations registers the filter. */
@Injectable()
export class EventAccessService {
  private filter: EventAccessFilter | null = null;

  /** Registers the filter. Call this in `onModuleInit`. @throws Error if there is one already. */
  register(filter: EventAccessFilter): void {
    if (this.filter) throw new Error('An event access filter is already registered');
    this.filter = filter;
  }

  /** Returns the events that a caller can see; all of them if no inbox is hidden, without a statement. */
  async select<Event extends AccessedEvent>(
    workspaceId: string,
    hiddenInboxIds: readonly string[],
    events: readonly Event[],
  ): Promise<readonly Event[]> {
    if (hiddenInboxIds.length === 0 || events.length === 0 || !this.filter) return events;
    return this.filter(workspaceId, hiddenInboxIds, events);
  }
}
