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

/** Sends a webhook once more what it has missed. */
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
   * Begins to send everything after an event that the webhook wants, up to what has happened by now.
   * @throws DomainError NOT_FOUND, BAD_REQUEST when the workspace has no such event.
   */
  async start(workspaceId: string, webhookId: string, after: string): Promise<void> {
    await this.webhooks.get(workspaceId, webhookId);
    const position = await this.log.getPosition(workspaceId, after);
    await this.jobs.enqueue(REPLAY_EVENTS, { workspaceId, webhookId, after: position, upTo: await this.log.horizon() });
  }

  /** Queues one page, and has the next one queued. */
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
