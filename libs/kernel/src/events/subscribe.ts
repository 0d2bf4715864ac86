import { SetMetadata } from '@nestjs/common';
import type { EventClass, RecordedEvent } from './domain-event.js';
import type { Partition } from './event-lanes.js';

/** Options of a subscriber. */
export interface SubscribeOptions {
  /** Permanent ID of the subscriber, `<domain>.<purpose>`. Its positions in the log are stored under it. */
  readonly id: string;
  /** Start position of a new subscriber. Default: `end`, which delivers only new events. */
  readonly from?: 'start' | 'end';
  /**
   * Partition within which events are delivered in order, one after the other. Default: `subject`, the same
   * conversation, or the same subject for other events. `workspace` is slower; use it if a handler depends on several
   * subjects.
   */
  readonly partition?: Partition;
}

/** Options of a subscriber that handles several events of one workspace in one call. */
export interface BatchSubscribeOptions extends SubscribeOptions {
  readonly batch: true;
}

/** The metadata that `@Subscribe` adds to a method. */
export interface SubscriberMetadata extends Required<SubscribeOptions> {
  /** Types to deliver; null for every type. */
  readonly types: readonly string[] | null;
  /** True if the method takes a list of events. */
  readonly batch: boolean;
}

/** Metadata key of {@link Subscribe}. */
export const SUBSCRIBER = 'parley.subscriber';

type AnyEventClass = Pick<EventClass, 'type'> & (new (...args: any[]) => object);

/** The data of an event class. */
export type EventData<E extends AnyEventClass> = ConstructorParameters<E>[1];

type Handler<Input, Upcoming = never> = <Method extends (input: Input, upcoming: Upcoming) => Promise<void>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Delivers events to a method: after their commit, in log order within a partition, at least once. The position of the
 * subscriber advances in the transaction in which the method runs, so the method's writes to Postgres happen exactly
 * once. Several events can share a transaction. The method must not make network calls, which belong in a job. A method
 * that fails is retried four times with increasing pauses; after that the event is moved to `kernel.dead_letters`.
 *
 * The method can take a second argument: the next events of its lane, of any workspace. They can share the transaction
 * but need not, so it may only read data for them.
 *
 * With `batch`, the method gets the events of one workspace that share a transaction, in log order. The context has no
 * cause, so it must not append events.
 */
export function Subscribe<const Events extends readonly AnyEventClass[]>(
  events: Events,
  options: BatchSubscribeOptions,
): Handler<readonly RecordedEvent<EventData<Events[number]>>[]>;
export function Subscribe(events: 'all', options: BatchSubscribeOptions): Handler<readonly RecordedEvent[]>;
export function Subscribe<const Events extends readonly AnyEventClass[]>(
  events: Events,
  options: SubscribeOptions,
): Handler<RecordedEvent<EventData<Events[number]>>, readonly RecordedEvent<EventData<Events[number]>>[]>;
export function Subscribe(events: 'all', options: SubscribeOptions): Handler<RecordedEvent, readonly RecordedEvent[]>;
export function Subscribe(
  events: readonly Pick<EventClass, 'type'>[] | 'all',
  { id, from = 'end', partition = 'subject', batch = false }: SubscribeOptions & { readonly batch?: boolean },
): MethodDecorator {
  const types = events === 'all' ? null : events.map((event) => event.type);
  return SetMetadata(SUBSCRIBER, { id, from, partition, types, batch } satisfies SubscriberMetadata);
}
