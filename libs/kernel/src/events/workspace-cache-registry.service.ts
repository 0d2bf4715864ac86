import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { transactions } from '../database/transaction.js';
import type { EventClass, RecordedEvent } from './domain-event.js';

const MAX_WORKSPACES = 1_000;

/** Settings of workspaces that handlers read for every event. */
export interface WorkspaceCache<Value> {
  /** The value of a workspace: at least as recent as the event that is being handled. */
  get(workspaceId: string): Promise<Value>;
}

/**
 * Caches settings for event handlers, consistent with the log: the relay passes every event that it reads before it
 * delivers it or a later one, so a handler never sees settings from before an event that precedes its own.
 *
 * Every change of the cached settings must append one of the events of the cache. For event handlers only: other code
 * is not synchronized with the log.
 */
@Injectable()
export class WorkspaceCacheRegistry {
  private readonly caches: Pick<LogConsistentCache<unknown>, 'types' | 'drop' | 'clear'>[] = [];
  private isFollowing = false;

  /** Adds a cache that drops the value of a workspace with each of these events. `load` reads committed data. */
  create<Value>(
    events: readonly Pick<EventClass, 'type'>[],
    load: (workspaceId: string) => Promise<Value>,
  ): WorkspaceCache<Value> {
    const types = new Set(events.map(({ type }) => type));
    const cache = new LogConsistentCache<Value>(types, load, () => this.isFollowing);
    this.caches.push(cache);
    return cache;
  }

  /** The event types that the relay must read. */
  get types(): readonly string[] {
    return [...new Set(this.caches.flatMap((cache) => [...cache.types]))];
  }

  /** Called by the relay once it reads the log. Before that, every value is loaded. */
  startFollowing(): void {
    this.isFollowing = true;
  }

  /** Called by the relay when it stops reading the log: from now on, every value is loaded. */
  stopFollowing(): void {
    this.isFollowing = false;
    for (const cache of this.caches) cache.clear();
  }

  /** Drops the values that these events change. Called by the relay for every event, in log order. */
  invalidate(events: readonly RecordedEvent[]): void {
    for (const cache of this.caches) {
      for (const { type, workspaceId } of events) if (cache.types.has(type)) cache.drop(workspaceId);
    }
  }
}

class LogConsistentCache<Value> implements WorkspaceCache<Value> {
  private readonly values = new LRUCache<string, Promise<Value>>({ max: MAX_WORKSPACES });

  constructor(
    readonly types: ReadonlySet<string>,
    private readonly load: (workspaceId: string) => Promise<Value>,
    private readonly isFollowing: () => boolean,
  ) {}

  get(workspaceId: string): Promise<Value> {
    if (!this.isFollowing()) return this.load(workspaceId);
    const existing = this.values.get(workspaceId);
    if (existing) return existing;
    // Outside of the current transaction, whose changes could be rolled back.
    const value = transactions.exit(() => this.load(workspaceId));
    this.values.set(workspaceId, value);
    value.catch(() => {
      if (this.values.get(workspaceId) === value) this.values.delete(workspaceId);
    });
    return value;
  }

  /** A load in progress completes for those that wait for it, but is not kept. */
  drop(workspaceId: string): void {
    this.values.delete(workspaceId);
  }

  clear(): void {
    this.values.clear();
  }
}
