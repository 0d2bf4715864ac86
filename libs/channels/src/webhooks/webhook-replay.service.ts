import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import { EventLogService } from '@parley/kernel/events';
import { Jobs } from '@parley/kernel/jobs';
import { DeliveryCreator } from './delivery-creator.service.js';
import { DeliveryQueueService } from './delivery-queue.service.js';
import { REPLAY_EVENTS } from './webhook-jobs.js';
import { WebhooksService } from './webhooks.service.js';

const PAGE_SIZE = 500;
const ALL_EVENTS = { types: null, subjectId: null, correlationId: null } as const;

/** Delivers past events to a webhook again. */
@Injectable()
export class WebhookReplayService {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly log: EventLogService,
    private readonly creator: DeliveryCreator,
    private readonly queue: DeliveryQueueService,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Starts a replay of all events after the given one, up to now, that the webhook subscribes to.
   * @throws DomainError NOT_FOUND; BAD_REQUEST if the event does not exist in the workspace.
   */
  async start(workspaceId: string, webhookId: string, after: string): Promise<void> {
    await this.webhooks.get(workspaceId, webhookId);
    const position = await this.log.getPosition(workspaceId, after);
    await this.jobs.enqueue(REPLAY_EVENTS, { workspaceId, webhookId, after: position, upTo: await this.log.horizon() });
  }

  /** Enqueues the deliveries of one page of events, and the job for the next page. */
  async replayPage(workspaceId: string, webhookId: string, after: number, upTo: number): Promise<void> {
    const events = await this.log.listPage(workspaceId, after, upTo, ALL_EVENTS, PAGE_SIZE);
    const last = events.at(-1);
    if (!last) return;
    await this.unitOfWork.run(async () => {
      const webhook = await this.webhooks.find(workspaceId, webhookId);
      if (!webhook) return;
      await this.creator.recreateFromEvents(workspaceId, webhook, events);
      await this.queue.enqueueSend(workspaceId, webhookId);
      if (events.length === PAGE_SIZE)
        await this.jobs.enqueue(REPLAY_EVENTS, { workspaceId, webhookId, after: last.position, upTo });
    });
  }
}
