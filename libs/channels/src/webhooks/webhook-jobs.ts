import { defineJob } from '@parley/kernel/jobs';

/** Sends what is due at a webhook; keyed by the webhook, so that one waits at most. */
export const SEND_DELIVERIES = defineJob<{ readonly workspaceId: string; readonly webhookId: string }>(
  'channels.send-webhook-deliveries',
  { attempts: 25 },
);

/** Queues one page of the log for a webhook once more. */
export const REPLAY_EVENTS = defineJob<{
  readonly workspaceId: string;
  readonly webhookId: string;
  readonly after: number;
  readonly upTo: number;
}>('channels.replay-webhook-events', {
  attempts: 10,
});

/** Kind of the timer that wakes a webhook when its next delivery is due. */
export const WAKE_WEBHOOK = 'channels.wake-webhook';
