import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, RetentionTask } from '@parley/kernel/jobs';
import { DeliveriesRepository } from './deliveries.repository.js';

const BATCH_SIZE = 5_000;

/** Deletes deliveries after 30 days. */
@Injectable()
@Periodic({ job: 'channels.delete-old-webhook-deliveries', everySeconds: 3_600 })
export class WebhookDeliveryRetentionService extends RetentionTask {
  constructor(
    private readonly deliveries: DeliveriesRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected async deleteBefore(before: Date): Promise<void> {
    while ((await this.deliveries.prune(before, BATCH_SIZE)) === BATCH_SIZE);
  }
}
