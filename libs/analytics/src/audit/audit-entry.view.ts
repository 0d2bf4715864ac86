import type { Changed } from '@parley/kernel/events';

/** One thing that somebody did. */
export interface AuditEntryView {
  /** The id of the event that it was read from. */
  readonly id: string;
  /** The type of that event: `conversation.resolved`. */
  readonly action: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  /** Each field that changed, with its value before and after. */
  readonly changed: Changed;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** Network address of who did it, where it is known. */
  readonly address: string | null;
  readonly occurredAt: string;
  /** The same in one line, for people. */
  readonly summary: string;
}

/** Which entries to list; every condition given must hold. */
export interface AuditFilter {
  readonly actorKinds?: readonly string[];
  readonly actorId?: string;
  /** Event types, or all about one kind of subject as `conversation.*`; any of these. */
  readonly actions?: readonly string[];
  readonly subjectId?: string;
  readonly correlationId?: string;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
}
