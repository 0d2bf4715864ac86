import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { runInContext, systemContext } from '../context/request-context.js';
import { JobDeadLettersRepository } from './job-dead-letters.repository.js';
import type { JobEnvelope } from './job-envelope.js';
import { JobRegistry } from './job-registry.js';

/** Runs attempts and parks jobs without attempts left. Shared by both drivers. */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly registry: JobRegistry,
    private readonly deadLetters: JobDeadLettersRepository,
    private readonly clock: Clock,
  ) {}

  /** Runs one attempt in its own context. Rejects if the processor rejects. */
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
        `${envelope.job} ${id} failed in attempt ${runAttempt} of ${maxAttempts}: ` +
          (error instanceof Error ? error.message : String(error)),
      );
      throw error;
    }
  }

  /**
   * Moves a job to the dead letters. Idempotent. The caller removes the job from the queue in the same unit of work.
   */
  async park(envelope: JobEnvelope, error: string, attempts: number): Promise<void> {
    this.logger.error(`${envelope.job} ${envelope.id} was parked as a dead letter: ${error}`);
    await this.deadLetters.park(envelope, error, attempts, this.clock.now().toISOString());
  }
}

/** Formats an error for a dead letter. */
export function formatError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
