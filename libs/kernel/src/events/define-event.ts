import { DomainEvent, type EventClass } from './domain-event.js';
import { defaultSummary, type EventSummary } from './event-summary.js';

/** Names of the fields of data, also of those that only some of its variants have. */
type DataField<Data> = Data extends unknown ? keyof Data & string : never;

/** Options of an event type, declared by its owner. */
export interface EventOptions<Data extends object> {
  /** One sentence for the catalogue and the API documentation, for example `A conversation was assigned.` */
  readonly description: string;
  /** Names of all fields of `data`, which filters of webhooks can use. Default: none. */
  readonly fields?: readonly DataField<Data>[];
  /**
   * Field of `data` whose value orders the event: events with the same value are delivered one after the other.
   * Default: the subject of the event.
   */
  readonly orderedBy?: keyof Data & string;
  /** The line of the audit log. Default: actor, verb and subject, such as `Sarah Chen resolved conversation #42`. */
  readonly summary?: EventSummary;
  /** Realistic `data` for the documentation. */
  readonly example?: Data;
}

/** An entry of the event catalogue. */
export interface EventDefinition {
  /** `<subject>.<past tense>`, for example `conversation.created`. */
  readonly type: string;
  readonly description: string;
  /** Names of the fields of `data`. */
  readonly fields: readonly string[];
  readonly orderedBy: string | null;
  readonly summary: EventSummary;
  readonly example: object | null;
}

const definitions = new Map<string, EventDefinition>();

/**
 * Defines an event type and returns the base class of its events:
 *
 * ```ts
 * export class LabelCreated extends defineEvent<{ readonly name: string }>('label.created', {
 *   description: 'A label was created.',
 *   fields: ['name'],
 * }) {}
 * ```
 *
 * @throws Error if the type is already defined. Each event type has one owner.
 */
export function defineEvent<Data extends object>(type: string, options: EventOptions<Data>): EventClass<Data> {
  if (definitions.has(type)) throw new Error(`The event type ${type} is defined twice`);
  const { description, fields = [], orderedBy = null, summary = defaultSummary(type), example = null } = options;
  definitions.set(type, { type, description, fields, orderedBy, summary, example });
  return class extends DomainEvent<Data> {
    static readonly type = type;
  };
}

/** All event types of the loaded domains, sorted by type. */
export function eventDefinitions(): readonly EventDefinition[] {
  return [...definitions.values()].sort((a, b) => a.type.localeCompare(b.type));
}

/** The definition of an event type, or null if no loaded domain defines it. */
export function findEventDefinition(type: string): EventDefinition | null {
  return definitions.get(type) ?? null;
}
