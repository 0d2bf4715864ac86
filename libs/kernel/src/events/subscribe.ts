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

/** How a subscriber is delivered to that handles several events of one workspace in one call. */
export interface BatchSubscribeOptions extends SubscribeOptions {
  readonly batch: true;
}

/** The metadata that `@Subscribe` leaves on a method. */
export interface SubscriberMetadata extends Required<SubscribeOptions> {
  /** Types delivered; null is every type. */
  readonly types: readonly string[] | null;
  /** True if the method takes a list of events. */
  readonly batch: boolean;
}

/** Metadata key of {@link Subscribe}. */
export const SUBSCRIBER = 'parley.subscriber';

type AnyEventClass = Pick<EventClass, 'type'> & (new (...args: any[]) => object);

/** The data of an event class. */
export type EventData<E extends AnyEventClass> = ConstructorParameters<E>[1];

type Handler<Input> = <Method extends (input: Input) => Promise<void>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Delivers events to a method: after their commit, in log order within a partition, at least once. The position of the
 * subscriber advances in the transaction that the method runs in, so what the method writes to Postgres happens exactly
 * once. Several events can share a transaction. The method makes no network calls; those belong in a job. A method
 * that keeps failing is retried four times with growing pauses, and then the event is moved to `kernel.dead_letters`.
 *
 * With `batch`, the method gets the events of one workspace that share a transaction, in log order. The context holds
 * no cause, so it must not append events.
 */
export function Subscribe<const Events extends readonly AnyEventClass[]>(
  events: Events,
  options: BatchSubscribeOptions,
): Handler<readonly RecordedEvent<EventData<Events[number]>>[]>;
export function Subscribe(events: 'all', options: BatchSubscribeOptions): Handler<readonly RecordedEvent[]>;
export function Subscribe<const Events extends readonly AnyEventClass[]>(
  events: Events,
  options: SubscribeOptions,
): Handler<RecordedEvent<EventData<Events[number]>>>;
export function Subscribe(events: 'all', options: SubscribeOptions): Handler<RecordedEvent>;
export function Subscribe(
  events: readonly Pick<EventClass, 'type'>[] | 'all',
  { id, from = 'end', partition = 'subject', batch = false }: SubscribeOptions & { readonly batch?: boolean },
): MethodDecorator {
  const types = events === 'all' ? null : events.map((event) => event.type);
  return SetMetadata(SUBSCRIBER, { id, from, partition, types, batch } satisfies SubscriberMetadata);
}
