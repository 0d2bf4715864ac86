import type { Changed } from '@parley/kernel/events';

/** An action in the audit trail. */
export interface AuditEntryView {
  /** ID of the event that it records. */
  readonly id: string;
  /** Event type, for example `conversation.resolved`. */
  readonly action: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  /** Changed fields with their values before and after. */
  readonly changed: Changed;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** IP address of the actor, if known. */
  readonly address: string | null;
  readonly occurredAt: string;
  /** Summary in one line. */
  readonly summary: string;
}

/** Conditions of an audit list. All of them must hold. */
export interface AuditFilter {
  readonly actorKinds?: readonly string[];
  readonly actorId?: string;
  /** Event types, or groups such as `conversation.*`; at least one must match. */
  readonly actions?: readonly string[];
  readonly subjectId?: string;
  readonly correlationId?: string;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
}
