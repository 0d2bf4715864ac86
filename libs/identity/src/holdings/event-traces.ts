import type { EventLogService } from '@parley/kernel';
import type { ContactHoldings, MergeReceipt } from './contact-holdings.js';

const PAGE = 1_000;

/** What is kept of events that have to do with contacts. It stays with its events when contacts are merged, and is told of with these. */
export abstract class EventTraces implements ContactHoldings {
  protected constructor(private readonly log: EventLogService) {}

  /** Forgets what is kept of these events, and of what they set off in these conversations. */
  protected abstract forget(
    workspaceId: string,
    eventIds: readonly string[],
    conversationIds: readonly string[],
  ): Promise<void>;

  reassign(): Promise<MergeReceipt> {
    return Promise.resolve({});
  }

  giveBack(): Promise<void> {
    return Promise.resolve();
  }

  async *export(): AsyncIterable<Readonly<Record<string, unknown>>> {
    // The events themselves are exported, and nothing here says more.
  }

  async erase(workspaceId: string, contactId: string): Promise<void> {
    for (let after = 0; ;) {
      const traces = await this.log.tracesOf(workspaceId, contactId, after, PAGE);
      if (traces.length === 0) return;
      await this.forget(
        workspaceId,
        traces.map(({ id }) => id),
        [...new Set(traces.flatMap(({ conversationId }) => conversationId ?? []))],
      );
      after = traces.at(-1)!.position;
    }
  }
}
