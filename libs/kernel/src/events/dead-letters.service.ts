import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentHiddenInboxIds, runInContext, systemContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { notFoundError, unprocessableError } from '../errors/domain-error.js';
import { Jobs } from '../jobs/jobs.js';
import { Timers } from '../timers/timers.js';
import { DeadLettersRepository, type DeadLetter } from './dead-letters.repository.js';
import { EventsRepository } from './events.repository.js';
import { SubscriberRegistry } from './subscriber-registry.js';

/** Lists and redrives dead letters. */
@Injectable()
export class DeadLettersService {
  constructor(
    private readonly deadLetters: DeadLettersRepository,
    private readonly log: EventsRepository,
    private readonly registry: SubscriberRegistry,
    private readonly jobs: Jobs,
    private readonly timers: Timers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Leaves out inputs and errors, which can name any object, if inboxes are hidden from the caller. */
  async list(
    workspaceId: string,
    includeRedriven: boolean,
    limit: number,
    offset: number,
  ): Promise<{ deadLetters: DeadLetter[]; total: number }> {
    const page = await this.deadLetters.listByWorkspace(workspaceId, includeRedriven, limit, offset);
    if (currentHiddenInboxIds().length === 0) return page;
    return { ...page, deadLetters: page.deadLetters.map((item) => ({ ...item, payload: {}, error: '' })) };
  }

  /**
   * Retries the work of a dead letter: handles an event immediately, in this call; puts a timer or job back into its
   * queue.
   * @throws DomainError NOT_FOUND; UNPROCESSABLE if it was already redriven or the handler of the event fails again.
   */
  async redrive(workspaceId: string, id: string): Promise<DeadLetter> {
    if (!(await this.deadLetters.findById(workspaceId, id))) throw notFoundError('Dead letter');
    const work = (): Promise<DeadLetter> =>
      this.unitOfWork.run(async () => {
        const deadLetter = await this.deadLetters.claim(workspaceId, id, this.clock.now().toISOString());
        if (!deadLetter) throw unprocessableError('This dead letter was already redriven');
        await this.deliver(deadLetter);
        return deadLetter;
      });
    return runInContext(systemContext(`redrive:${id}`), work);
  }

  private async deliver(deadLetter: DeadLetter): Promise<void> {
    if (deadLetter.kind === 'event') return this.deliverEvent(deadLetter);
    if (deadLetter.kind === 'job') return this.jobs.redrive(deadLetter);
    const { key, payload } = deadLetter.payload as { key: string; payload: Record<string, unknown> };
    return this.timers.set({
      workspaceId: deadLetter.workspaceId!,
      kind: deadLetter.consumer,
      key,
      payload,
      dueAt: this.clock.now(),
    });
  }

  private async deliverEvent(deadLetter: DeadLetter): Promise<void> {
    const subscriber = this.registry.all().find(({ id }) => id === deadLetter.consumer);
    const event = deadLetter.eventPosition === null ? null : await this.log.findByPosition(deadLetter.eventPosition);
    if (!subscriber || !event)
      throw unprocessableError(`The subscriber ${deadLetter.consumer} or the event no longer exists`);
    const cause = { eventId: event.id, correlationId: event.correlationId, depth: event.depth };
    try {
      await runInContext(systemContext(event.correlationId, cause, event.workspaceId), () =>
        subscriber.handle(event, []),
      );
    } catch (error) {
      throw unprocessableError(`The handler failed again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
