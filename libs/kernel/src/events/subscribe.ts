import { SetMetadata } from '@nestjs/common';
import type { EventClass, RecordedEvent } from './domain-event.js';
import type { Partition } from './event-lanes.js';

/** How a subscriber is delivered to. */
export interface SubscribeOptions {
  /** Permanent ID of the subscriber, `<domain>.<what it does>`. Its positions in the log are stored under it. */
  readonly id: string;
  /** Where a new subscriber starts in the log. Default `end`: it gets events from now on. */
  readonly from?: 'start' | 'end';
  /**
   * Which events are delivered in order, one after the other. Default `subject`: those of the same conversation, or of
   * the same subject for other events. `workspace` is slower; use it when a handler depends on several subjects.
   */
  readonly partition?: Partition;
}

/** The metadata that `@Subscribe` leaves on a method. */
export interface SubscriberMetadata extends Required<SubscribeOptions> {
  /** Types delivered; null is every type. */
  readonly types: readonly string[] | null;
}

/** Metadata key of {@link Subscribe}. */
export const SUBSCRIBER = 'parley.subscriber';

type AnyEventClass = Pick<EventClass, 'type'> & (new (...args: any[]) => object);

/** The data of an event class. */
export type EventData<E extends AnyEventClass> = ConstructorParameters<E>[1];

type Handler<Data extends object> = <Method extends (event: RecordedEvent<Data>) => Promise<void>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Delivers events to a method: after their commit, in log order within a partition, at least once. The position of the
 * subscriber advances in the transaction that the method runs in, so what the method writes to Postgres happens exactly
 * once. Several events can share a transaction. The method makes no network calls; those belong in a job. A method
 * that keeps failing is retried four times with growing pauses, and then the event is moved to `kernel.dead_letters`.
 */
export function Subscribe<const Events extends readonly AnyEventClass[]>(
  events: Events,
  options: SubscribeOptions,
): Handler<EventData<Events[number]>>;
export function Subscribe(events: 'all', options: SubscribeOptions): Handler<object>;
export function Subscribe(
  events: readonly Pick<EventClass, 'type'>[] | 'all',
  { id, from = 'end', partition = 'subject' }: SubscribeOptions,
): MethodDecorator {
  const types = events === 'all' ? null : events.map((event) => event.type);
  return SetMetadata(SUBSCRIBER, { id, from, partition, types } satisfies SubscriberMetadata);
}
