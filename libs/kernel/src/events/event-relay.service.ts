import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import { DATABASE_URL } from '../database/database-url.js';
import type { RecordedEvent } from './domain-event.js';
import { Events } from './events.js';
import { EventsRepository } from './events.repository.js';
import { EVENTS_CHANNEL, LeaseSession, SIGNALS_CHANNEL } from './lease-session.js';
import { RELAY_OPTIONS, type RelayOptions } from './relay-options.js';
import { SubscriberRegistry } from './subscriber-registry.js';
import { SubscriberRunnerFactory } from './subscriber-runner-factory.service.js';
import type { SubscriberRunner } from './subscriber-runner.js';
import { WorkspaceCacheRegistry } from './workspace-cache-registry.service.js';

const NOTIFY_EVERY_MS = 50;
const MIN_RECHECK_MS = 10;
const READ_SIZE = 500;
/** Under load, the log is read at this interval, so that several commits share a read. */
const MIN_READ_INTERVAL_MS = 20;

/**
 * Delivers the event log to the subscribers. New events are read once per process and distributed to the subscribers
 * and their lanes in memory; a subscriber that is behind reads the log on its own until it has caught up.
 *
 * Each subscriber is held by one process (an advisory lock); the others try to take it over with every poll. The relay
 * is woken by commits of this process, by NOTIFY from others, and by a slow poll.
 */
@Injectable()
export class EventRelayService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventRelayService.name);
  private readonly processId = randomUUID();
  private readonly activeSubscribers = new Map<string, SubscriberRunner>();
  private readonly listeners = new Set<() => void>();
  private readonly signalListeners = new Set<(payload: string) => void>();
  private readonly lease: LeaseSession;
  /** Position up to which this process has read the log; null before the first read. */
  private tail: number | null = null;
  private following: Promise<void> | null = null;
  private followAgain = false;
  private recheckMs = MIN_RECHECK_MS;
  private timer: NodeJS.Timeout | null = null;
  private notifyTimer: NodeJS.Timeout | null = null;
  private stopped = false;
  private acquiring: Promise<void> | null = null;
  private unsubscribe: () => void = () => undefined;

  constructor(
    @Inject(DATABASE_URL) databaseUrl: string,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
    private readonly registry: SubscriberRegistry,
    private readonly events: Events,
    private readonly log: EventsRepository,
    private readonly runners: SubscriberRunnerFactory,
    private readonly caches: WorkspaceCacheRegistry,
  ) {
    this.lease = new LeaseSession(
      databaseUrl,
      this.logger,
      (channel, payload) => this.onNotification(channel, payload),
      () => this.releaseAll(),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    this.registry.all();
    this.unsubscribe = this.events.onCommit(() => this.onCommit());
    await this.tick();
    this.timer = setInterval(() => void this.tick(), this.options.pollMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.unsubscribe();
    if (this.timer) clearInterval(this.timer);
    if (this.notifyTimer) clearTimeout(this.notifyTimer);
    await this.acquiring?.catch(() => undefined);
    await this.following;
    const runners = [...this.activeSubscribers.values()];
    await Promise.all(runners.map((runner) => runner.stop()));
    await this.runners.savePositions(runners).catch(() => undefined);
    this.activeSubscribers.clear();
    await this.lease.close();
  }

  /**
   * Calls `listener` whenever the log could have new events, in this process or another. Returns a function that
   * removes it.
   */
  onNewEvents(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends a text of less than 8,000 bytes to every process, including this one. Not transactional and not stored. */
  sendSignal(payload: string): Promise<void> {
    return this.lease.notify(SIGNALS_CHANNEL, payload);
  }

  /** Calls `listener` with every signal of any process. Returns a function that removes it. */
  onSignal(listener: (payload: string) => void): () => void {
    this.signalListeners.add(listener);
    return () => this.signalListeners.delete(listener);
  }

  /** IDs of the subscribers that this process holds. */
  activeSubscriberIds(): string[] {
    return [...this.activeSubscribers.keys()];
  }

  private onCommit(): void {
    this.runMatching();
    this.notifyTimer ??= setTimeout(() => {
      this.notifyTimer = null;
      if (!this.stopped) this.lease.notify(EVENTS_CHANNEL, this.processId).catch(() => undefined);
    }, NOTIFY_EVERY_MS);
  }

  private onNotification(channel: string, payload: string): void {
    if (channel === SIGNALS_CHANNEL) for (const listener of this.signalListeners) listener(payload);
    else if (payload !== this.processId) this.runMatching();
  }

  private runMatching(): void {
    if (this.stopped) return;
    for (const listener of this.listeners) listener();
    if (this.activeSubscribers.size > 0) this.follow();
  }

  private async tick(): Promise<void> {
    if (this.stopped) return;
    this.acquiring ??= this.acquireSubscribers().finally(() => (this.acquiring = null));
    await this.acquiring.catch((error: Error) => this.logger.warn(`Cannot acquire subscribers: ${error.message}`));
    const runners = [...this.activeSubscribers.values()];
    await this.runners.savePositions(runners).catch(() => undefined);
    // A lane that lost its connection continues here.
    for (const runner of runners) runner.wake();
    this.runMatching();
  }

  private async acquireSubscribers(): Promise<void> {
    await this.lease.open();
    if (!this.options.runSubscribers) return;
    for (const subscriber of this.registry.all()) {
      if (this.stopped || this.activeSubscribers.has(subscriber.id)) continue;
      if (!(await this.lease.tryAcquire(subscriber.id))) continue;
      const runner = await this.runners.start(subscriber);
      // The session, and with it the lease, could be lost in the meantime.
      if (this.lease.hasLease(subscriber.id)) this.activeSubscribers.set(subscriber.id, runner);
    }
  }

  private releaseAll(): void {
    for (const runner of this.activeSubscribers.values()) void runner.stop();
    this.activeSubscribers.clear();
    this.caches.stopFollowing();
  }

  /** Reads and distributes new events. A call during a run causes another run. */
  private follow(): void {
    this.followAgain = true;
    // A commit wakes this in the context of its request, which sees one workspace only.
    this.following ??= runInContext(systemContext('events.relay'), () => this.readNewEvents())
      .catch((error: Error) => this.logger.warn(`Cannot read the event log: ${error.message}`))
      .finally(() => (this.following = null));
  }

  private async readNewEvents(): Promise<void> {
    while (this.followAgain && !this.stopped) {
      this.followAgain = false;
      const nextRead = performance.now() + MIN_READ_INTERVAL_MS;
      const { horizon, isBlocked } = await this.log.horizonStatus();
      await this.readUpTo(horizon);
      this.recheckSoon(isBlocked);
      if (this.followAgain) await sleep(Math.max(0, nextRead - performance.now()));
    }
  }

  private async readUpTo(horizon: number): Promise<void> {
    let tail = (this.tail ??= horizon);
    // Everything up to here is committed, so what is loaded from now on includes it.
    this.caches.startFollowing();
    while (tail < horizon && !this.stopped) {
      const current = [...this.activeSubscribers.values()].filter((runner) => runner.isAt(tail));
      const types = typesOf(current, this.caches.types);
      const events: RecordedEvent[] = await this.log.listBetween(tail, horizon, types, READ_SIZE);
      const upTo: number = events.length < READ_SIZE ? horizon : events.at(-1)!.position;
      this.caches.invalidate(events);
      for (const runner of current) runner.dispatch(events, upTo);
      this.tail = tail = upTo;
    }
    for (const runner of this.activeSubscribers.values()) {
      if (runner.isAt(tail)) continue;
      runner.catchUp(
        () => this.tail ?? tail,
        (error) => this.logger.warn(`${runner.subscriber.id} cannot read the event log: ${error.message}`),
      );
    }
  }

  /** Transactions in progress that hold back the end of the log can end without a notification. */
  private recheckSoon(isBlocked: boolean): void {
    const pause = this.recheckMs;
    this.recheckMs = isBlocked ? pause * 2 : MIN_RECHECK_MS;
    if (isBlocked && pause < this.options.pollMs) setTimeout(() => this.runMatching(), pause).unref();
  }
}

/** These event types and those of all the subscribers, or null for all types. */
function typesOf(runners: readonly SubscriberRunner[], others: readonly string[]): string[] | null {
  const types = new Set(others);
  for (const { subscriber } of runners) {
    if (subscriber.types === null) return null;
    for (const type of subscriber.types) types.add(type);
  }
  return [...types];
}
