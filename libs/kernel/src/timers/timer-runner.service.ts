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

const MAX_ATTEMPTS = 5;
const FIRST_RETRY_SECONDS = 5;

/** Fires timers that are due. Several processes share the work; each timer fires once. */
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

  /** Fires all timers that are due; returns their number. */
  async fireDue(): Promise<number> {
    let fired = 0;
    while (!this.stopped && (await this.fireNext())) fired += 1;
    return fired;
  }

  private poll(): void {
    this.running ??= this.fireDue()
      .then(() => undefined)
      .catch((error: Error) => this.logger.warn(`failed to fire timers: ${error.message}`))
      .finally(() => (this.running = null));
  }

  private async fireNext(): Promise<boolean> {
    let claimed: DueTimer | null = null;
    try {
      return await runInContext(systemContext(newId()), () =>
        this.unitOfWork.run(async () => {
          claimed = await this.timers.claimDue(this.clock.now(), [...this.handlers.keys()]);
          if (!claimed) return false;
          // Removed first, so that the handler can set the same timer again.
          await this.timers.remove(claimed);
          const due = claimed;
          await runInContext(systemContext(newId(), null, due.workspaceId), () => this.handlers.get(due.kind)!(due));
          return true;
        }),
      );
    } catch (error) {
      if (!claimed) throw error;
      await this.handleFailure(claimed, error);
      return true;
    }
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
