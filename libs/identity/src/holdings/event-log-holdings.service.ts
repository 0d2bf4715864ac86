import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventLogService, type Page, type PageRequest, type RecordedEvent } from '@parley/kernel';
import type { ContactHoldings, MergeReceipt } from './contact-holdings.js';
import { ContactHoldingsRegistry } from './contact-holdings.service.js';

const WHOLE = {
  limit: 1_000,
  direction: 'asc',
  fingerprint: '',
  offset: null,
  knownTotal: { value: 0, estimate: false },
} as const;

/** What the event log tells of contacts. The erasure itself takes it out of the log, since it knows by what words to look. */
@Injectable()
export class EventLogHoldings implements ContactHoldings, OnModuleInit {
  constructor(
    private readonly log: EventLogService,
    private readonly registry: ContactHoldingsRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register('kernel.events', this);
  }

  reassign(): Promise<MergeReceipt> {
    return Promise.resolve({});
  }

  giveBack(): Promise<void> {
    return Promise.resolve();
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    for (let start: PageRequest['start'] | null = { offset: 0 }; start !== null;) {
      const { items, next }: Page<RecordedEvent> = await this.log.listOfContacts(workspaceId, [contactId], null, {
        ...WHOLE,
        start,
      });
      for (const { id, type, actor, data, occurredAt } of items)
        yield { kind: 'event', id, type, actor, data, occurred_at: occurredAt };
      start = next && { after: next };
    }
  }

  erase(): Promise<void> {
    return Promise.resolve();
  }
}
