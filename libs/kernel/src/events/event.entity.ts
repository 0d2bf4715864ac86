import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Actor } from '../context/request-context.js';
import { XID8, int8Transformer, isoTimeTransformer } from '../database/column-types.js';

/** Entry of the event log. Append-only. */
@Entity({ schema: 'kernel', name: 'events' })
export class EventEntity {
  /** Position in the log. Later transactions can commit lower positions; see `kernel.event_horizon()`. */
  @PrimaryColumn({ type: 'bigint', default: () => 'kernel.next_event_position()', transformer: int8Transformer })
  position: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('uuid')
  id: string;

  @Column('text')
  type: string;

  @Column({ type: 'text', name: 'subject_type' })
  subjectType: string;

  @Column({ type: 'uuid', name: 'subject_id' })
  subjectId: string;

  @Column('jsonb')
  actor: Actor;

  @Column('jsonb')
  data: Readonly<Record<string, unknown>>;

  @Column({ type: 'text', name: 'correlation_id' })
  correlationId: string;

  @Column({ type: 'uuid', name: 'causation_id', nullable: true })
  causationId: string | null;

  /** Number of rules in the chain that caused the event. */
  @Column({ type: 'smallint', default: 0 })
  depth: number;

  /** ID of the transaction that appended the event. */
  @Column({ type: XID8, name: 'change_set', default: () => 'pg_current_xact_id()' })
  changeSet: string;

  @Column({ type: 'timestamptz', name: 'occurred_at', precision: 3, transformer: isoTimeTransformer })
  occurredAt: string;

  /** Further event types that the event matches. */
  @Column({ type: 'text', array: true, nullable: true })
  aliases: readonly string[] | null;

  /** Contact that the event concerns. */
  @Column({ type: 'uuid', name: 'contact_id', nullable: true, insert: false, update: false })
  contactId: string | null;
}
