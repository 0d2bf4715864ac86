import { Injectable } from '@nestjs/common';
import { EventLogService, Jobs, UnitOfWork } from '@parley/kernel';
import { DeliveryIntake } from './delivery-intake.service.js';
import { DeliveryQueue } from './delivery-queue.service.js';
import { REPLAY_EVENTS } from './webhook-jobs.js';
import { WebhooksService } from './webhooks.service.js';

const PAGE = 500;
const ANY = { types: null, subjectId: null, correlationId: null } as const;

/** Sends a webhook once more what it has missed. */
@Injectable()
export class WebhookReplay {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly log: EventLogService,
    private readonly intake: DeliveryIntake,
    private readonly queue: DeliveryQueue,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Begins to send everything after an event that the webhook wants, up to what has happened by now.
   * @throws DomainError NOT_FOUND, BAD_REQUEST when the workspace has no such event.
   */
  async begin(workspaceId: string, webhookId: string, after: string): Promise<void> {
    await this.webhooks.get(workspaceId, webhookId);
    const position = await this.log.positionOf(workspaceId, after);
    await this.jobs.enqueue(REPLAY_EVENTS, { workspaceId, webhookId, after: position, upTo: await this.log.horizon() });
  }

  /** Queues one page, and has the next one queued. */
  async page(workspaceId: string, webhookId: string, after: number, upTo: number): Promise<void> {
    const events = await this.log.page(workspaceId, after, upTo, ANY, PAGE);
    const last = events.at(-1);
    if (!last) return;
    await this.unitOfWork.run(async () => {
      const webhook = await this.webhooks.find(workspaceId, webhookId);
      if (!webhook) return;
      await this.intake.queueAgain(workspaceId, webhook, events);
      await this.queue.wake(workspaceId, webhookId);
      if (events.length === PAGE)
        await this.jobs.enqueue(REPLAY_EVENTS, { workspaceId, webhookId, after: last.position, upTo });
    });
  }
}
