import { Injectable } from '@nestjs/common';
import { hideIds, listIds, type AccessedEvent } from './event-access.js';

/** Returns which of these IDs belong to objects in the inboxes. Runs with the scope of the system. */
export type HiddenIdsFinder = (
  workspaceId: string,
  ids: readonly string[],
  hiddenInboxIds: readonly string[],
) => Promise<ReadonlySet<string>>;

/** Limits the event log to what a caller can see. The domains that own objects in inboxes register finders. */
@Injectable()
export class EventAccessService {
  private readonly finders: HiddenIdsFinder[] = [];

  /** Registers a finder. Call this in `onModuleInit`. */
  register(find: HiddenIdsFinder): void {
    this.finders.push(find);
  }

  /**
   * Returns the events that a caller can see; all of them if no inbox is hidden, without a statement. Events about
   * hidden objects are left out; in others, their IDs are null.
   */
  async select<Event extends AccessedEvent>(
    workspaceId: string,
    hiddenInboxIds: readonly string[],
    events: readonly Event[],
  ): Promise<readonly Event[]> {
    if (hiddenInboxIds.length === 0 || events.length === 0) return events;
    const ids = [...new Set(events.flatMap(listIds).map((id) => id.toLowerCase()))];
    const found = await Promise.all(this.finders.map((find) => find(workspaceId, ids, hiddenInboxIds)));
    const hiddenIds = new Set(found.flatMap((set) => [...set]));
    return events.map((event) => hideIds(event, hiddenIds)).filter((event) => event !== null);
  }
}
