import { Injectable } from '@nestjs/common';
import { Clock, Forgetting } from '@parley/kernel';
import { DeliveriesRepository } from './deliveries.repository.js';

const BATCH = 5_000;

/** Forgets deliveries after 30 days. */
@Injectable()
export class PruneWebhookDeliveries extends Forgetting {
  constructor(
    private readonly deliveries: DeliveriesRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected async forget(before: Date): Promise<void> {
    while ((await this.deliveries.prune(before, BATCH)) === BATCH);
  }
}
