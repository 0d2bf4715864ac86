import { Injectable } from '@nestjs/common';
import { WorkspaceCacheRegistry, type WorkspaceCache } from '@parley/kernel/events';
import { WebhookCreated, WebhookDeleted, WebhookDisabled, WebhookUpdated } from '../channels.events.js';
import { DeliveryQueueRepository, type ListeningSubscription } from './delivery-queue.repository.js';

/** The subscriptions of the enabled webhooks of workspaces, for event handlers. */
@Injectable()
export class WebhookSubscriptionsCache {
  private readonly cache: WorkspaceCache<readonly ListeningSubscription[]>;

  constructor(queue: DeliveryQueueRepository, caches: WorkspaceCacheRegistry) {
    this.cache = caches.create([WebhookCreated, WebhookUpdated, WebhookDeleted, WebhookDisabled], (workspaceId) =>
      queue.listSubscriptions(workspaceId),
    );
  }

  list(workspaceId: string): Promise<readonly ListeningSubscription[]> {
    return this.cache.get(workspaceId);
  }
}
