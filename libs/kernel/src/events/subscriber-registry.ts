import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { RecordedEvent } from './domain-event.js';
import { SUBSCRIBER, type SubscriberMetadata } from './subscribe.js';

/** A subscriber found at startup. */
export interface Subscriber extends SubscriberMetadata {
  /** Handles an event; `upcoming` are the next ones of its lane, which can share the transaction. */
  readonly handle: (event: RecordedEvent, upcoming: readonly RecordedEvent[]) => Promise<void>;
  /** Handles several events of one workspace; null if the subscriber takes them one by one. */
  readonly handleBatch: ((events: readonly RecordedEvent[]) => Promise<void>) | null;
}

/** Finds all methods with a kernel decorator among the providers of the process. */
@Injectable()
export class HandlerFinder {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** Each decorated method with its metadata, bound to its provider. */
  find<Metadata>(key: string): { metadata: Metadata; handle: (...args: any[]) => unknown; location: string }[] {
    const handlers: { metadata: Metadata; handle: (...args: any[]) => unknown; location: string }[] = [];
    for (const { instance, name } of this.discovery.getProviders()) {
      if (!instance || typeof instance !== 'object') continue;
      const prototype = Object.getPrototypeOf(instance) as object | null;
      if (!prototype || prototype === Object.prototype) continue;
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const target = (instance as Record<string, unknown>)[method];
        if (typeof target !== 'function') continue;
        const metadata = Reflect.getMetadata(key, target) as Metadata | undefined;
        if (metadata !== undefined)
          handlers.push({ metadata, handle: target.bind(instance), location: `${String(name)}.${method}` });
      }
    }
    return handlers;
  }
}

/** All subscribers of the process. */
@Injectable()
export class SubscriberRegistry {
  private subscribers: Subscriber[] | null = null;

  constructor(private readonly finder: HandlerFinder) {}

  /**
   * The subscribers. Discovered once.
   * @throws Error if two subscribers have the same ID, because the second would silently take the events of the first.
   */
  all(): readonly Subscriber[] {
    this.subscribers ??= this.discover();
    return this.subscribers;
  }

  private discover(): Subscriber[] {
    const byId = new Map<string, string>();
    return this.finder.find<SubscriberMetadata>(SUBSCRIBER).map(({ metadata, handle, location }) => {
      const other = byId.get(metadata.id);
      if (other) throw new Error(`Subscribers ${other} and ${location} have the same ID ${metadata.id}`);
      byId.set(metadata.id, location);
      if (!metadata.batch) return { ...metadata, handle: handle as Subscriber['handle'], handleBatch: null };
      const handleBatch = handle as NonNullable<Subscriber['handleBatch']>;
      return { ...metadata, handle: (event) => handleBatch([event]), handleBatch };
    });
  }
}
