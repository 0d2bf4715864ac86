import { int8Transformer, isoTimeTransformer } from '@parley/kernel/database';
import type { Changed } from '@parley/kernel/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Entry of the audit log. Derived from an event; the log can be rebuilt. */
@Entity({ schema: 'analytics', name: 'audit_entries' })
export class AuditEntryEntity {
  /** ID of the event that the entry records. */
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** Position of the event in the log. */
  @Column({ type: 'bigint', transformer: int8Transformer })
  position: number;

  /** Event type. */
  @Column('text')
  action: string;

  @Column({ type: 'text', name: 'actor_kind' })
  actorKind: string;

  @Column({ type: 'uuid', name: 'actor_id', nullable: true })
  actorId: string | null;

  /** Name of the actor when the event occurred, for example of an API key. */
  @Column({ type: 'text', name: 'actor_label', nullable: true })
  actorLabel: string | null;

  @Column({ type: 'text', name: 'subject_type' })
  subjectType: string;

  @Column({ type: 'uuid', name: 'subject_id' })
  subjectId: string;

  /** Type of the object that the summary mentions: the conversation of a message, else the subject. */
  @Column({ type: 'text', name: 'about_type' })
  aboutType: string;

  /** Name of that object, if the event contains it. Names of people are not stored. */
  @Column({ type: 'text', nullable: true })
  label: string | null;

  @Column({ type: 'uuid', name: 'target_id', nullable: true })
  targetId: string | null;

  @Column({ type: 'text', name: 'target_label', nullable: true })
  targetLabel: string | null;

  @Column('jsonb')
  changed: Changed;

  @Column({ type: 'text', name: 'correlation_id' })
  correlationId: string;

  @Column({ type: 'uuid', name: 'causation_id', nullable: true })
  causationId: string | null;

  /** IP address of the actor. */
  @Column({ type: 'text', nullable: true })
  address: string | null;

  @Column({ type: 'timestamptz', name: 'occurred_at', precision: 3, transformer: isoTimeTransformer })
  occurredAt: string;
}
