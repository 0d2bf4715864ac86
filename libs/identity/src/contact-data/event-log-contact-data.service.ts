import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventLogService, type RecordedEvent } from '@parley/kernel/events';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import type { ContactDataOwner, MergeReceipt } from './contact-data-owner.js';
import { ContactDataRegistry } from './contact-data-registry.service.js';

const PAGE = {
  limit: 1_000,
  direction: 'asc',
  countTotal: false,
} as const;

/**
 * Exports the events of contacts. The erasure removes them from the event log directly, because it knows the search
 * terms.
 */
@Injectable()
export class EventLogContactDataService implements ContactDataOwner, OnModuleInit {
  constructor(
    private readonly log: EventLogService,
    private readonly registry: ContactDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register('kernel.events', this);
  }

  reassign(): Promise<MergeReceipt> {
    return Promise.resolve({});
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    for (let start: PageRequest['start'] | null = { offset: 0 }; start !== null;) {
      const { items, next }: Page<RecordedEvent> = await this.log.listByContacts(workspaceId, [contactId], null, {
        ...PAGE,
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
