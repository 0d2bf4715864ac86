import type { FilterNode } from '@parley/kernel/filter';

/** Ordering modes: in order within each conversation, or unordered for higher throughput. */
export const WEBHOOK_ORDERINGS = ['conversation', 'none'] as const;
export type WebhookOrdering = (typeof WEBHOOK_ORDERINGS)[number];

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
  readonly consecutiveFailures: number;
  readonly failingSince: string | null;
  readonly pausedUntil: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Settings of a webhook. */
export type WebhookSettings = Pick<WebhookView, 'url' | 'events' | 'filter' | 'description' | 'ordering' | 'enabled'>;

/** A webhook with its plain secret. */
export interface WebhookWithSecret extends WebhookView {
  readonly secret: string;
}
