import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentActor, currentContext, SYSTEM_SCOPE } from '../context/request-context.js';
import { TransactionBatch } from '../database/transaction-batch.js';
import { newId } from '../ids/ids.js';
import type { DomainEvent, EventClass } from './domain-event.js';
import { EventsRepository, type NewEventRow } from './events.repository.js';

/** Maximum length of a chain of causes. Rules refuse to act on deeper events. */
export const MAX_CAUSATION_DEPTH = 8;

type CommitListener = (types: readonly string[]) => void;

/**
 * Appends events to the log in the transaction of the change that they describe. The rows are inserted together just
 * before the commit, in the order of the calls. Subscribers are woken after it.
 */
@Injectable()
export class Events {
  private readonly commitListeners = new Set<CommitListener>();
  private readonly batch = new TransactionBatch<NewEventRow>(
    'events.append',
    (rows) => this.repository.append(rows),
    (rows) => {
      const types = [...new Set(rows.map((row) => row.type))];
      for (const listener of this.commitListeners) listener(types);
    },
  );

  constructor(
    private readonly repository: EventsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Appends an event and returns its ID.
   * @throws Error outside of a unit of work, because the event could then be stored without its change.
   */
  append<Data extends object>(event: DomainEvent<Data>): string {
    const row = this.toRow(event);
    this.batch.add(row);
    return row.id;
  }

  /** Number of events appended in the current transaction so far. */
  pending(): number {
    return this.batch.rows.length;
  }

  /** The events appended in the current transaction from `index` on. They are not in the log yet. */
  pendingFrom(index: number): readonly NewEventRow[] {
    return this.batch.rows.slice(index);
  }

  /**
   * Calls `listener` with the event types of each transaction that this process commits. Returns a function that
   * removes it.
   */
  onCommit(listener: CommitListener): () => void {
    this.commitListeners.add(listener);
    return () => this.commitListeners.delete(listener);
  }

  private toRow(event: DomainEvent): NewEventRow {
    const { type } = event.constructor as unknown as EventClass;
    const context = currentContext();
    const workspaceId = event.workspaceId ?? context?.principal?.workspaceId ?? context?.scope;
    if (!workspaceId || workspaceId === SYSTEM_SCOPE) throw new Error(`${type} requires a workspace`);
    const cause = context?.cause ?? null;
    return {
      id: newId(),
      workspaceId,
      type,
      aliases: event.aliases,
      subjectType: type.slice(0, type.indexOf('.')),
      subjectId: event.subjectId,
      actor: currentActor(),
      data: event.data,
      correlationId: cause?.correlationId ?? context?.requestId ?? newId(),
      causationId: cause?.eventId ?? null,
      depth: cause ? cause.depth + 1 : 0,
      occurredAt: this.clock.now().toISOString(),
    };
  }
}
