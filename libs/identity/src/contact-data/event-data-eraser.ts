import type { EventLogService } from '@parley/kernel/events';
import type { ContactDataOwner, MergeReceipt } from './contact-data-owner.js';

const PAGE_SIZE = 1_000;

/**
 * Base class for data that is stored per event. The data belongs to the events: merges do not move it, and exports
 * contain the events only.
 */
export abstract class EventDataEraser implements ContactDataOwner {
  protected constructor(private readonly log: EventLogService) {}

  /** Deletes the data of these events, and of the work that they caused on these subjects, such as conversations. */
  protected abstract eraseEvents(
    workspaceId: string,
    eventIds: readonly string[],
    subjectIds: readonly string[],
  ): Promise<void>;

  reassign(): Promise<MergeReceipt> {
    return Promise.resolve({});
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  async *export(): AsyncIterable<Readonly<Record<string, unknown>>> {
    // The events are exported by the event log; this data adds nothing.
  }

  async erase(workspaceId: string, contactId: string): Promise<void> {
    for (let after = 0; ;) {
      const events = await this.log.listContactEventRefs(workspaceId, contactId, after, PAGE_SIZE);
      if (events.length === 0) return;
      await this.eraseEvents(
        workspaceId,
        events.map(({ id }) => id),
        [...new Set(events.flatMap(({ subjectId }) => subjectId ?? []))],
      );
      after = events.at(-1)!.position;
    }
  }
}
