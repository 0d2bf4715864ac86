import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentActor, currentContext, SYSTEM_SCOPE } from '../context/request-context.js';
import { transactions, type Transaction } from '../database/transaction.js';
import { newId } from '../ids/ids.js';
import type { DomainEvent, EventClass } from './domain-event.js';
import { EventsRepository, type NewEventRow } from './events.repository.js';

/** A chain of causes is cut off here: what would come deeper is refused by the rules that cause it. */
export const MAX_CAUSATION_DEPTH = 8;

const BUFFER = Symbol('kernel.events');

type CommitListener = (types: readonly string[]) => void;

/**
 * Appends facts to the log, in the same transaction as the change they tell of. Rows are written together just
 * before the commit, in the order of the calls; subscribers are woken after it.
 */
@Injectable()
export class Events {
  private readonly commitListeners = new Set<CommitListener>();

  constructor(
    private readonly repository: EventsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Appends one event and gives its id.
   * @throws Error outside of a unit of work: an event without its change would be a lie.
   */
  append<Data extends object>(event: DomainEvent<Data>): string {
    const transaction = transactions.getStore();
    if (!transaction) throw new Error('events.append needs a unit of work');
    const row = this.toRow(event);
    this.buffer(transaction).push(row);
    return row.id;
  }

  /** How many events the present transaction holds so far. */
  pending(): number {
    return this.pendingFrom(0).length;
  }

  /** The events that the present transaction holds, from the given one on, before any of them is in the log. */
  pendingFrom(index: number): readonly NewEventRow[] {
    return (transactions.getStore()?.state.get(BUFFER) as NewEventRow[] | undefined)?.slice(index) ?? [];
  }

  /** Calls `wake` with the types of each committed change-set of this process. Gives the way to stop it. */
  onCommit(listener: CommitListener): () => void {
    this.commitListeners.add(listener);
    return () => this.commitListeners.delete(listener);
  }

  private buffer(transaction: Transaction): NewEventRow[] {
    const existing = transaction.state.get(BUFFER) as NewEventRow[] | undefined;
    if (existing) return existing;
    const rows: NewEventRow[] = [];
    transaction.state.set(BUFFER, rows);
    transaction.withCommit.push(() => this.repository.append(rows));
    transaction.afterCommit.push(() => {
      const types = [...new Set(rows.map((row) => row.type))];
      for (const listener of this.commitListeners) listener(types);
    });
    return rows;
  }

  private toRow(event: DomainEvent): NewEventRow {
    const { type } = event.constructor as unknown as EventClass;
    const context = currentContext();
    const workspaceId = event.workspaceId ?? context?.principal?.workspaceId ?? context?.scope;
    if (!workspaceId || workspaceId === SYSTEM_SCOPE) throw new Error(`${type} needs a workspace`);
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
