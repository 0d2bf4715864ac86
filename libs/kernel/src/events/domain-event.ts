import type { Actor } from '../context/request-context.js';

/**
 * A fact published by a domain: a change of one subject, as IDs and plain values. Event classes are exported by the
 * entry point of their domain. Other domains subscribe to the class, never to the type name.
 */
export abstract class DomainEvent<Data extends object = object> {
  constructor(
    /** ID of the conversation, contact or other object that the event is about. */
    readonly subjectId: string,
    readonly data: Data,
    /** Workspace. Default: that of the request. */
    readonly workspaceId?: string,
    /** Other event types that the event matches, if it contains changes of several kinds. */
    readonly aliases: readonly string[] = [],
  ) {}
}

/** The class of an event, as used in `@Subscribe`. */
export interface EventClass<Data extends object = object> {
  /** Event type, `<subject>.<past tense>`, for example `conversation.created`. A static property of the class. */
  readonly type: string;
  new (subjectId: string, data: Data, workspaceId?: string, aliases?: readonly string[]): DomainEvent<Data>;
}

/** An event in the log. */
export interface RecordedEvent<Data extends object = object> {
  /** Position in the log. Increases; can have gaps. */
  readonly position: number;
  readonly id: string;
  readonly workspaceId: string;
  readonly type: string;
  /** Other event types that the event matches. */
  readonly aliases: readonly string[];
  readonly subjectType: string;
  readonly subjectId: string;
  readonly actor: Actor;
  readonly data: Data;
  /** Shared by all events that one request led to. */
  readonly correlationId: string;
  /** ID of the event whose handler caused this one; null if a request caused it. */
  readonly causationId: string | null;
  /** Number of events between a request and this one. */
  readonly depth: number;
  /** ID of the transaction. Shared by all events that were committed together. */
  readonly changeSet: string;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
}

/** Changed fields, each as `[before, after]`. */
export type Changed = Record<string, [before: unknown, after: unknown]>;
