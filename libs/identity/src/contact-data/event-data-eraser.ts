import type { EventLogService } from '@parley/kernel/events';
import type { ContactDataOwner, MergeReceipt } from './contact-data-owner.js';

const PAGE_SIZE = 1_000;

/** What is kept of events that have to do with contacts. It stays with its events when contacts are merged, and is told of with these. */
export abstract class EventDataEraser implements ContactDataOwner {
  protected constructor(private readonly log: EventLogService) {}

  /** Forgets what is kept of these events, and of what they set off in these conversations. */
  protected abstract eraseEvents(
    workspaceId: string,
    eventIds: readonly string[],
    conversationIds: readonly string[],
  ): Promise<void>;

  reassign(): Promise<MergeReceipt> {
    return Promise.resolve({});
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  async *export(): AsyncIterable<Readonly<Record<string, unknown>>> {
    // The events themselves are exported, and nothing here says more.
  }

  async erase(workspaceId: string, contactId: string): Promise<void> {
    for (let after = 0; ;) {
      const events = await this.log.listContactEventRefs(workspaceId, contactId, after, PAGE_SIZE);
      if (events.length === 0) return;
      await this.eraseEvents(
        workspaceId,
        events.map(({ id }) => id),
        [...new Set(events.flatMap(({ conversationId }) => conversationId ?? []))],
      );
      after = events.at(-1)!.position;
    }
  }
}
