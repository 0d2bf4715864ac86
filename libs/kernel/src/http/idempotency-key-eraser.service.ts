import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Periodic } from '../jobs/periodic-task.js';
import { RetentionTask } from '../jobs/retention-task.js';
import { IdempotencyRepository } from './idempotency.repository.js';

/** Deletes stored responses after 24 hours. */
@Injectable()
@Periodic({ job: 'kernel.delete-old-idempotency-keys', everySeconds: 600 })
export class IdempotencyKeyEraser extends RetentionTask {
  constructor(
    private readonly idempotency: IdempotencyRepository,
    clock: Clock,
  ) {
    super(clock, 1);
  }

  protected deleteBefore(before: Date): Promise<unknown> {
    return this.idempotency.prune(before);
  }
}
