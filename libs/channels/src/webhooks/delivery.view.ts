/** Where a delivery can stand. */
export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed'] as const;
/** Where a delivery stands. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One request to an endpoint, and what came of it. */
export interface AttemptView {
  readonly number: number;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseStatus: number | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
  readonly latencyMs: number;
  readonly error: string | null;
  readonly startedAt: string;
}

/** One event on its way to one webhook. */
export interface DeliveryView {
  readonly id: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly status: DeliveryStatus;
  /** The body sent, the same in every attempt; null before the first one. */
  readonly body: string | null;
  readonly attemptCount: number;
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly completedAt: string | null;
  /** The newest attempts, oldest first. */
  readonly attempts: readonly AttemptView[];
}

/** A delivery that is about to be attempted. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventPosition: number;
  /** By what name the webhook is told of it. */
  readonly eventType: string;
  readonly body: string | null;
  readonly orderingKey: string | null;
  /** Attempts since the schedule began. */
  readonly roundAttempts: number;
}
