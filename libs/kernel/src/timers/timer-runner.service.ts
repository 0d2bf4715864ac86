import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { runInContext, systemContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DeadLettersRepository } from '../events/dead-letters.repository.js';
import { RELAY_OPTIONS, type RelayOptions } from '../events/relay-options.js';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { newId } from '../ids/ids.js';
import { TIMER_HANDLER } from './timers.js';
import { TimersRepository, type DueTimer } from './timers.repository.js';

type Handler = (timer: DueTimer) => Promise<void>;

/** Progress of a list of timers in a transaction. */
interface Progress {
  /** Index of the timer whose handler runs; null before the first one. */
  index: number | null;
}

/** Result of a transaction. */
interface FiredTimers {
  /** Number of timers from the start of the list that are done, fired or skipped. */
  readonly done: number;
  readonly fired: number;
}

/** Maximum number of timers that are read at once, and that fire in one transaction. */
const MAX_BATCH = 50;
/** A transaction commits after this time, so that rows it has locked do not block requests for long. */
const MAX_TRANSACTION_MS = 50;
const MAX_ATTEMPTS = 5;
const FIRST_RETRY_SECONDS = 5;

/**
 * Fires timers that are due, in the order of their times. Several timers share a transaction. If a handler fails, the
 * transaction is repeated without that timer and those after it; the failed timer is then retried first in the next
 * one, and postponed if it fails again.
 *
 * Several processes share the work. A timer is locked only when its handler starts, so that a request that has locked
 * the subject of a later timer of the transaction can set or cancel it. Processes skip locked timers.
 */
@Injectable()
export class TimerRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(TimerRunner.name);
  private readonly handlers = new Map<string, Handler>();
  private interval: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
    private readonly finder: HandlerFinder,
    private readonly timers: TimersRepository,
    private readonly deadLetters: DeadLettersRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    for (const { metadata, handle, location } of this.finder.find<string>(TIMER_HANDLER)) {
      if (this.handlers.has(metadata))
        throw new Error(`${location}: timers of kind ${metadata} already have a handler`);
      this.handlers.set(metadata, handle as Handler);
    }
    if (!this.options.runSubscribers || this.handlers.size === 0) return;
    this.interval = setInterval(() => this.poll(), this.options.pollMs);
    this.poll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.interval) clearInterval(this.interval);
    await this.running?.catch(() => undefined);
  }

  /** Fires all timers that are due. */
  async fireDue(): Promise<void> {
    const kinds = [...this.handlers.keys()];
    while (!this.stopped) {
      const due = await runInContext(systemContext(newId()), () =>
        this.timers.listDue(this.clock.now(), kinds, MAX_BATCH),
      );
      // Without progress, other processes are firing the remaining ones.
      if (due.length === 0 || !(await this.fireAll(due))) return;
    }
  }

  private poll(): void {
    this.running ??= this.fireDue()
      .catch((error: Error) => this.logger.warn(`failed to fire timers: ${error.message}`))
      .finally(() => (this.running = null));
  }

  /** Fires the timers, in as many transactions as necessary. Returns false if all were skipped. */
  private async fireAll(due: readonly DueTimer[]): Promise<boolean> {
    let hasProgress = false;
    for (let rest = due, size = due.length; rest.length > 0 && !this.stopped;) {
      const progress: Progress = { index: null };
      try {
        const { done, fired } = await this.fireInTransaction(rest.slice(0, size), progress);
        hasProgress ||= fired > 0;
        rest = rest.slice(done);
        size = rest.length;
      } catch (error) {
        if (progress.index === null) throw error;
        size = progress.index;
        if (size > 0) continue;
        await this.handleFailure(rest[0]!, error);
        hasProgress = true;
        rest = rest.slice(1);
        size = rest.length;
      }
    }
    return hasProgress;
  }

  private fireInTransaction(due: readonly DueTimer[], progress: Progress): Promise<FiredTimers> {
    return runInContext(systemContext(newId()), () =>
      this.unitOfWork.run(async () => {
        const deadline = performance.now() + MAX_TRANSACTION_MS;
        let done = 0;
        let fired = 0;
        do {
          const timer = due[done]!;
          // Removed first, so that the handler can set the same timer again.
          if (await this.timers.claim(timer)) {
            progress.index = done;
            await this.callHandler(timer);
            fired += 1;
          }
          done += 1;
        } while (done < due.length && performance.now() < deadline && !this.stopped);
        return { done, fired };
      }),
    );
  }

  private callHandler(timer: DueTimer): Promise<void> {
    const context = systemContext(newId(), null, timer.workspaceId);
    return runInContext(context, () => this.handlers.get(timer.kind)!(timer));
  }

  private async handleFailure(timer: DueTimer, error: unknown): Promise<void> {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.logger.error(`timer ${timer.kind} with key ${timer.key} failed: ${text}`);
    const now = this.clock.now();
    await runInContext(systemContext(newId()), () =>
      this.unitOfWork.run(async () => {
        if (timer.attempts + 1 < MAX_ATTEMPTS) {
          await this.timers.postpone(timer, new Date(now.getTime() + FIRST_RETRY_SECONDS * 1000 * 4 ** timer.attempts));
          return;
        }
        if (!(await this.timers.remove(timer))) return;
        await this.deadLetters.park({
          workspaceId: timer.workspaceId,
          kind: 'timer',
          consumer: timer.kind,
          eventPosition: null,
          payload: { key: timer.key, payload: timer.payload },
          error: text,
          attempts: timer.attempts + 1,
          parkedAt: now.toISOString(),
        });
      }),
    );
  }
}
