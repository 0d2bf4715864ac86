import { SetMetadata } from '@nestjs/common';
import type { EventClass } from './domain-event.js';

/** How a subscriber is delivered to. */
export interface SubscribeOptions {
  /** Names the subscriber for good: its place in the log is kept under it. `<domain>.<what it does>`. */
  readonly id: string;
  /** Where a subscriber that is new to the log begins. Default `end`: it is told of what happens from now on. */
  readonly from?: 'start' | 'end';
}

/** The metadata that `@Subscribe` leaves on a method. */
export interface SubscriberMetadata extends SubscribeOptions {
  /** Types delivered; null is every type. */
  readonly types: readonly string[] | null;
}

/** Metadata key of {@link Subscribe}. */
export const SUBSCRIBER = 'parley.subscriber';

/**
 * Delivers events to a method: after their commit, in log order, at least once. The subscriber's place advances
 * in the transaction that the method runs in, so what the method writes to Postgres happens exactly once. The
 * method makes no network calls; those belong in a job. A method that keeps failing is retried five times with
 * growing pauses, and then the event is parked in `kernel.dead_letters`.
 */
export function Subscribe(
  events: readonly Pick<EventClass, 'type'>[] | 'all',
  options: SubscribeOptions,
): MethodDecorator {
  const types = events === 'all' ? null : events.map((event) => event.type);
  return SetMetadata(SUBSCRIBER, { ...options, types } satisfies SubscriberMetadata);
}
