import { defineJob } from '@parley/kernel/jobs';

/** Sends the due deliveries of a webhook. The job key is the webhook, so that at most one job waits. */
export const SEND_DELIVERIES = defineJob<{ readonly workspaceId: string; readonly webhookId: string }>(
  'channels.send-webhook-deliveries',
  { attempts: 25 },
);

/** Replays one page of the event log to a webhook. */
export const REPLAY_EVENTS = defineJob<{
  readonly workspaceId: string;
  readonly webhookId: string;
  readonly after: number;
  readonly upTo: number;
}>('channels.replay-webhook-events', {
  attempts: 10,
});

/** Kind of the timer that starts sending when the next delivery of a webhook is due. */
export const WAKE_WEBHOOK = 'channels.wake-webhook';
