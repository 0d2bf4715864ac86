import type { FilterNode } from '@parley/kernel/filter';

/** What an endpoint can ask for: order within each conversation, or throughput. */
export const WEBHOOK_ORDERINGS = ['conversation', 'none'] as const;
/** Whether order is kept. */
export type WebhookOrdering = (typeof WEBHOOK_ORDERINGS)[number];

/** A place that events are sent to. */
export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly filter: FilterNode | null;
  readonly description: string | null;
  readonly ordering: WebhookOrdering;
  readonly enabled: boolean;
  readonly disabledReason: 'gone' | 'failing' | null;
  readonly disabledAt: string | null;
  readonly failuresInARow: number;
  readonly failingSince: string | null;
  readonly pausedUntil: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What of a webhook its owner sets. */
export type WebhookSettings = Pick<WebhookView, 'url' | 'events' | 'filter' | 'description' | 'ordering' | 'enabled'>;

/** A webhook whose secret is shown, this once. */
export interface WebhookWithSecret extends WebhookView {
  readonly secret: string;
}
