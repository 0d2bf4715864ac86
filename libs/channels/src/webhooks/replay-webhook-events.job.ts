import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel';
import { REPLAY_EVENTS } from './webhook-jobs.js';
import { WebhookReplay } from './webhook-replay.service.js';

/** Queues the past for a webhook, page by page. */
@Injectable()
export class ReplayWebhookEvents {
  constructor(private readonly replay: WebhookReplay) {}

  @ProcessJob(REPLAY_EVENTS, { concurrency: 1 })
  async run({
    payload: { workspaceId, webhookId, after, upTo },
  }: JobRun<{ workspaceId: string; webhookId: string; after: number; upTo: number }>): Promise<void> {
    await this.replay.page(workspaceId, webhookId, after, upTo);
  }
}
