import type { Actor } from '../context/request-context.js';

/**
 * A fact that a domain publishes: what happened to one subject, in ids and plain values. A domain's event
 * classes are part of its door; other domains subscribe to the class, never to the name.
 */
export abstract class DomainEvent<Data extends object = object> {
  constructor(
    /** Id of the conversation, contact … that the event is about. */
    readonly subjectId: string,
    readonly data: Data,
    /** Workspace; taken from the request when left out. */
    readonly workspaceId?: string,
    /** Other names it answers to, where it tells of changes of several kinds. */
    readonly aliases: readonly string[] = [],
  ) {}
}

/** The class of an event, as named in `@Subscribe`. */
export interface EventClass<Data extends object = object> {
  /** `<subject>.<past tense>`, for example `conversation.created`; a static field of the class. */
  readonly type: string;
  new (subjectId: string, data: Data, workspaceId?: string, aliases?: readonly string[]): DomainEvent<Data>;
}

/** An event as it stands in the log. */
export interface RecordedEvent<Data extends object = object> {
  /** Place in the log; grows, may have gaps. */
  readonly position: number;
  readonly id: string;
  readonly workspaceId: string;
  readonly type: string;
  /** Other names it answers to. */
  readonly aliases: readonly string[];
  readonly subjectType: string;
  readonly subjectId: string;
  readonly actor: Actor;
  readonly data: Data;
  /** Shared by everything that one request set off. */
  readonly correlationId: string;
  /** The event whose handling caused this one; null when a request did. */
  readonly causationId: string | null;
  /** How many events stand between a request and this one. */
  readonly depth: number;
  /** Shared by everything that was committed together; the number of the transaction. */
  readonly changeSet: string;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
}

/** What changed, field by field: `[before, after]`. */
export type Changed = Record<string, [before: unknown, after: unknown]>;
