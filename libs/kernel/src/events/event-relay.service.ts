import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { runInContext, systemContext } from '../context/request-context.js';
import { DATABASE_URL } from '../database/database-url.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DeadLettersRepository } from './dead-letters.repository.js';
import { Events } from './events.js';
import { EventsRepository } from './events.repository.js';
import { EVENTS_CHANNEL, LeaseSession, SIGNALS_CHANNEL } from './lease.js';
import { RELAY_OPTIONS, type RelayOptions } from './relay-options.js';
import { SubscriberLoop } from './subscriber-loop.js';
import { SubscriberRegistry } from './subscriber-registry.js';
import { SubscriptionsRepository } from './subscriptions.repository.js';

/** One subscriber that this process holds. */
interface Held {
  readonly loop: SubscriberLoop;
  running: Promise<void> | null;
  again: boolean;
  /** Pause before another look while transactions in progress hold back the end of the log: they may end without a wake. */
  recheckMs: number;
}

const NOTIFY_EVERY_MS = 50;
const FIRST_RECHECK_MS = 10;
/** Places reached by skipping foreign events are kept every so many polls. */
const SAVE_EVERY_TICKS = 10;

/**
 * Delivers the log to the subscribers. Each subscriber is held by one process (an advisory lock); the others try to
 * take it over every few seconds. Woken by commits of this process, by NOTIFY from others, and by a slow poll.
 */
@Injectable()
export class EventRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventRelay.name);
  private readonly processId = randomUUID();
  private readonly held = new Map<string, Held>();
  private readonly listeners = new Set<() => void>();
  private readonly signalListeners = new Set<(payload: string) => void>();
  private lease: LeaseSession;
  private timer: NodeJS.Timeout | null = null;
  private notifyTimer: NodeJS.Timeout | null = null;
  private ticks = 0;
  private stopped = false;
  private acquiring: Promise<void> | null = null;
  private unsubscribe: () => void = () => undefined;

  constructor(
    @Inject(DATABASE_URL) databaseUrl: string,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
    private readonly registry: SubscriberRegistry,
    private readonly events: Events,
    private readonly log: EventsRepository,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly deadLetters: DeadLettersRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    this.lease = new LeaseSession(
      databaseUrl,
      this.logger,
      (channel, payload) => this.heard(channel, payload),
      () => this.dropAll(),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    this.registry.all();
    this.unsubscribe = this.events.onCommit((types) => this.committed(types));
    await this.tick();
    this.timer = setInterval(() => void this.tick(), this.options.pollMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.unsubscribe();
    if (this.timer) clearInterval(this.timer);
    if (this.notifyTimer) clearTimeout(this.notifyTimer);
    await this.acquiring?.catch(() => undefined);
    await Promise.all([...this.held.values()].map((held) => held.running?.catch(() => undefined)));
    await Promise.all([...this.held.values()].map((held) => held.loop.save().catch(() => undefined)));
    this.held.clear();
    await this.lease.close();
  }

  /** Calls `listener` whenever the log may have grown, whoever wrote it. Gives the way to stop it. */
  onGrowth(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells every process, this one as well, a text of less than 8,000 bytes. Outside of any transaction, and lost on who does not listen. */
  signal(payload: string): Promise<void> {
    return this.lease.notify(SIGNALS_CHANNEL, payload);
  }

  /** Calls `listener` with every text that a process signals. Gives the way to stop it. */
  onSignal(listener: (payload: string) => void): () => void {
    this.signalListeners.add(listener);
    return () => this.signalListeners.delete(listener);
  }

  /** Ids of the subscribers that this process holds. */
  heldSubscribers(): string[] {
    return [...this.held.keys()];
  }

  private committed(types: readonly string[]): void {
    this.wake(types);
    this.notifyTimer ??= setTimeout(() => {
      this.notifyTimer = null;
      if (!this.stopped) this.lease.notify(EVENTS_CHANNEL, this.processId).catch(() => undefined);
    }, NOTIFY_EVERY_MS);
  }

  private heard(channel: string, payload: string): void {
    if (channel === SIGNALS_CHANNEL) for (const listener of this.signalListeners) listener(payload);
    else if (payload !== this.processId) this.wake(null);
  }

  private wake(types: readonly string[] | null): void {
    if (this.stopped) return;
    for (const listener of this.listeners) listener();
    for (const held of this.held.values()) {
      const wanted = held.loop.subscriber.types;
      if (types === null || wanted === null || types.some((type) => wanted.includes(type))) this.run(held);
    }
  }

  private async tick(): Promise<void> {
    if (this.stopped) return;
    this.acquiring ??= this.acquire().finally(() => (this.acquiring = null));
    await this.acquiring.catch((error: Error) => this.logger.warn(`cannot take up subscribers: ${error.message}`));
    this.ticks += 1;
    if (this.ticks % SAVE_EVERY_TICKS === 0) for (const { loop } of this.held.values()) loop.saveSoon();
    this.wake(null);
  }

  private async acquire(): Promise<void> {
    await this.lease.open();
    if (!this.options.holdSubscribers) return;
    for (const subscriber of this.registry.all()) {
      if (this.stopped || this.held.has(subscriber.id)) continue;
      if (!(await this.lease.tryAcquire(subscriber.id))) continue;
      const loop = new SubscriberLoop(subscriber, {
        unitOfWork: this.unitOfWork,
        events: this.events,
        log: this.log,
        subscriptions: this.subscriptions,
        deadLetters: this.deadLetters,
        clock: this.clock,
        logger: this.logger,
        retryPausesMs: this.options.retryPausesMs,
      });
      await loop.takeUp();
      // The session, and with it the lease, may have been lost meanwhile.
      if (this.lease.holds(subscriber.id))
        this.held.set(subscriber.id, { loop, running: null, again: false, recheckMs: FIRST_RECHECK_MS });
    }
  }

  private dropAll(): void {
    this.held.clear();
  }

  private run(held: Held): void {
    if (this.stopped) return;
    if (held.running) {
      held.again = true;
      return;
    }
    // Woken by a commit, this runs in the context of whoever committed, whose workspace is all that it would see.
    held.running = runInContext(systemContext('events.relay'), () => this.catchUp(held)).finally(() => {
      held.running = null;
      if (held.again) this.run(held);
    });
  }

  private lookAgain(held: Held, heldBack: boolean): void {
    const pause = held.recheckMs;
    held.recheckMs = heldBack ? pause * 2 : FIRST_RECHECK_MS;
    if (heldBack && pause < this.options.pollMs) setTimeout(() => this.run(held), pause).unref();
  }

  private async catchUp(held: Held): Promise<void> {
    held.again = false;
    const given = (): boolean => this.stopped || this.held.get(held.loop.subscriber.id) !== held;
    try {
      this.lookAgain(held, await held.loop.catchUp(given));
    } catch (error) {
      if (given()) return;
      this.logger.warn(`${held.loop.subscriber.id} stopped: ${error instanceof Error ? error.message : String(error)}`);
      await held.loop.takeUp().catch(() => undefined);
    }
  }
}
