import { Injectable } from '@nestjs/common';
import { createBinder } from '../database/bind.js';
import { ListReader } from '../pagination/list-reader.service.js';
import type { Page, PageRequest } from '../pagination/page.js';
import type { RecordedEvent } from './domain-event.js';
import { matchesEventTypeSql } from './event-type-matching.js';
import { EVENT_COLUMNS } from './events.repository.js';

/** Reads the events that are related to contacts. */
@Injectable()
export class ContactEventsReader {
  constructor(private readonly lists: ListReader) {}

  /** Events about any of these contacts, and events with one of them as `contact_id`, by position. */
  list(
    workspaceId: string,
    contactIds: readonly string[],
    types: readonly string[] | null,
    request: PageRequest,
  ): Promise<Page<RecordedEvent>> {
    // A single contact is compared with "=", so that the index returns rows in order.
    const values: unknown[] = [workspaceId, contactIds.length === 1 ? contactIds[0] : contactIds];
    const where = ['workspace_id = $1', contactIds.length === 1 ? 'contact_id = $2' : 'contact_id = any($2)'];
    if (types) where.push(matchesEventTypeSql(types, createBinder(values)));
    return this.lists.read<RecordedEvent & { [column: string]: unknown }, RecordedEvent>(
      {
        domain: 'kernel.list-contact-events',
        select: EVENT_COLUMNS,
        from: 'kernel.events',
        where,
        values,
        request,
        order: [{ sql: 'position', type: 'bigint' }],
      },
      ({ __count: _count, __keys: _keys, ...event }) => event,
    );
  }
}
