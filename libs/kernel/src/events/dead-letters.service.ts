import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { runInContext, systemContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { notFound, unprocessable } from '../errors/domain-error.js';
import { Jobs } from '../jobs/jobs.js';
import { Timers } from '../timers/timers.js';
import { DeadLettersRepository, type DeadLetter } from './dead-letters.repository.js';
import { EventsRepository } from './events.repository.js';
import { SubscriberRegistry } from './subscriber-registry.js';

/** Work that was set aside: looking at it, and trying it again. */
@Injectable()
export class DeadLettersService {
  constructor(
    private readonly letters: DeadLettersRepository,
    private readonly log: EventsRepository,
    private readonly registry: SubscriberRegistry,
    private readonly jobs: Jobs,
    private readonly timers: Timers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list(
    workspaceId: string,
    includeRedriven: boolean,
    limit: number,
    offset: number,
  ): Promise<{ letters: DeadLetter[]; total: number }> {
    return this.letters.listOfWorkspace(workspaceId, includeRedriven, limit, offset);
  }

  /**
   * Tries parked work again: an event at once, in this call; a timer or job by putting it back in line.
   * @throws DomainError NOT_FOUND; UNPROCESSABLE when it was redriven before, or the event's handler fails again.
   */
  async redrive(workspaceId: string, id: string): Promise<DeadLetter> {
    if (!(await this.letters.findById(workspaceId, id))) throw notFound('Dead letter');
    const work = (): Promise<DeadLetter> =>
      this.unitOfWork.run(async () => {
        const letter = await this.letters.claim(workspaceId, id, this.clock.now().toISOString());
        if (!letter) throw unprocessable('This dead letter has been redriven already');
        await this.deliver(letter);
        return letter;
      });
    return runInContext(systemContext(`redrive:${id}`), work);
  }

  private async deliver(letter: DeadLetter): Promise<void> {
    if (letter.kind === 'event') return this.deliverEvent(letter);
    if (letter.kind === 'job') return this.jobs.redrive(letter);
    const { key, payload } = letter.payload as { key: string; payload: Record<string, unknown> };
    return this.timers.set({
      workspaceId: letter.workspaceId!,
      kind: letter.consumer,
      key,
      payload,
      dueAt: this.clock.now(),
    });
  }

  private async deliverEvent(letter: DeadLetter): Promise<void> {
    const subscriber = this.registry.all().find(({ id }) => id === letter.consumer);
    const event = letter.eventPosition === null ? null : await this.log.findAt(letter.eventPosition);
    if (!subscriber || !event) throw unprocessable(`Nothing named ${letter.consumer} takes this event any more`);
    const cause = { eventId: event.id, correlationId: event.correlationId, depth: event.depth };
    try {
      await runInContext(systemContext(event.correlationId, cause, event.workspaceId), () => subscriber.handle(event));
    } catch (error) {
      throw unprocessable(`It failed again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
