import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { REPLAY_EVENTS } from './webhook-jobs.js';
import { WebhookReplayService } from './webhook-replay.service.js';

/** Replays past events to a webhook, page by page. */
@Injectable()
export class ReplayWebhookEventsJob {
  constructor(private readonly replays: WebhookReplayService) {}

  @ProcessJob(REPLAY_EVENTS, { concurrency: 1 })
  async run({
    payload: { workspaceId, webhookId, after, upTo },
  }: JobRun<{ workspaceId: string; webhookId: string; after: number; upTo: number }>): Promise<void> {
    await this.replays.replayPage(workspaceId, webhookId, after, upTo);
  }
}
