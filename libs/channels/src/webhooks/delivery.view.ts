/** Statuses of deliveries. */
export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One attempt of a delivery. */
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

/** A delivery of an event to a webhook. */
export interface DeliveryView {
  readonly id: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly status: DeliveryStatus;
  /** Request body, identical in all attempts; null before the first attempt. */
  readonly body: string | null;
  readonly attemptCount: number;
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly completedAt: string | null;
  /** The latest attempts, oldest first. */
  readonly attempts: readonly AttemptView[];
}

/** A delivery that was claimed for an attempt. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventPosition: number;
  /** Event type that the webhook receives. */
  readonly eventType: string;
  readonly body: string | null;
  readonly orderingKey: string | null;
  /** Number of attempts since the current retry schedule started. */
  readonly roundAttempts: number;
}
