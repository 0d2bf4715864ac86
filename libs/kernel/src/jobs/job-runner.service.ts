import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { runInContext, systemContext } from '../context/request-context.js';
import { JobDeadLettersRepository } from './job-dead-letters.repository.js';
import type { JobEnvelope } from './job-envelope.js';
import { JobRegistry } from './job-registry.js';

/** Runs single attempts and parks jobs that have used up theirs; what both drivers share. */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly registry: JobRegistry,
    private readonly deadLetters: JobDeadLettersRepository,
    private readonly clock: Clock,
  ) {}

  /** One attempt, in a context of its own. Rejects as the processor does. */
  async runAttempt(envelope: JobEnvelope, runAttempt: number): Promise<void> {
    const processor = this.registry.all().get(envelope.job);
    if (!processor) throw new Error(`No processor for the job ${envelope.job}`);
    const { id, payload, maxAttempts } = envelope;
    try {
      await runInContext(systemContext(id, envelope.cause, envelope.workspaceId ?? undefined), () =>
        processor.process({ id, payload, attempt: runAttempt, maxAttempts }),
      );
    } catch (error) {
      this.logger.warn(
        `${envelope.job} ${id} failed in attempt ${runAttempt} of ${maxAttempts}: ${error instanceof Error ? error.message : String(error)}`,
      );
      throw error;
    }
  }

  /** Sets a job aside for good; parking it twice leaves one letter. The caller takes it out of the queue in the same unit of work. */
  async park(envelope: JobEnvelope, error: string, attempts: number): Promise<void> {
    this.logger.error(`${envelope.job} ${envelope.id} was given up: ${error}`);
    await this.deadLetters.park(envelope, error, attempts, this.clock.now().toISOString());
  }
}

/** An error as it is kept in a dead letter. */
export function formatError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
