import { SERIAL_COLUMN, int8Transformer, isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { ConversationStatus, LastMessage, Priority } from './conversation.view.js';

/** Conversation with a contact. */
@Entity({ schema: 'messaging', name: 'conversations' })
export class ConversationEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** Consecutive number in the workspace. */
  @Column({ type: 'bigint', transformer: int8Transformer })
  number: number;

  @Column({ type: 'text', nullable: true })
  subject: string | null;

  @Column({ type: 'text', default: 'open' })
  status: ConversationStatus;

  @Column({ type: 'text', default: 'normal' })
  priority: Priority;

  @Column('text')
  channel: string;

  @Column({ type: 'uuid', name: 'inbox_id', nullable: true })
  inboxId: string | null;

  @Column({ type: 'uuid', name: 'contact_id' })
  contactId: string;

  @Column({ type: 'uuid', name: 'assignee_id', nullable: true })
  assigneeId: string | null;

  @Column({ type: 'uuid', name: 'team_id', nullable: true })
  teamId: string | null;

  @Column({ type: 'text', array: true, default: '{}' })
  tags: readonly string[];

  @Column({ type: 'jsonb', name: 'custom_fields', default: {} })
  customFields: Readonly<Record<string, unknown>>;

  @Column({ type: 'jsonb', default: {} })
  metadata: Readonly<Record<string, unknown>>;

  @Column({ type: 'timestamptz', name: 'status_changed_at', precision: 3, transformer: isoTimeTransformer })
  statusChangedAt: string;

  @Column({ type: 'timestamptz', name: 'snoozed_until', precision: 3, nullable: true, transformer: isoTimeTransformer })
  snoozedUntil: string | null;

  /** Time of the oldest unanswered customer message. */
  @Column({ type: 'timestamptz', name: 'waiting_since', precision: 3, nullable: true, transformer: isoTimeTransformer })
  waitingSince: string | null;

  @Column({
    type: 'timestamptz',
    name: 'first_replied_at',
    precision: 3,
    nullable: true,
    transformer: isoTimeTransformer,
  })
  firstRepliedAt: string | null;

  @Column({ type: 'timestamptz', name: 'last_activity_at', precision: 3, transformer: isoTimeTransformer })
  lastActivityAt: string;

  @Column({
    type: 'timestamptz',
    name: 'last_customer_message_at',
    precision: 3,
    nullable: true,
    transformer: isoTimeTransformer,
  })
  lastCustomerMessageAt: string | null;

  @Column({
    type: 'timestamptz',
    name: 'last_agent_reply_at',
    precision: 3,
    nullable: true,
    transformer: isoTimeTransformer,
  })
  lastAgentReplyAt: string | null;

  @Column({ type: 'timestamptz', name: 'resolved_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  resolvedAt: string | null;

  @Column({ type: 'timestamptz', name: 'closed_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  closedAt: string | null;

  @Column({ type: 'integer', name: 'reopen_count', default: 0 })
  reopenCount: number;

  @Column({ type: 'integer', name: 'message_count', default: 0 })
  messageCount: number;

  /** Number of customer messages since the last reply of the team. */
  @Column({ type: 'integer', name: 'unread_count', default: 0 })
  unreadCount: number;

  @Column({
    type: 'timestamptz',
    name: 'contact_seen_at',
    precision: 3,
    nullable: true,
    transformer: isoTimeTransformer,
  })
  contactSeenAt: string | null;

  @Column({ type: 'timestamptz', name: 'agent_seen_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  agentSeenAt: string | null;

  @Column({ type: 'jsonb', name: 'last_message', nullable: true })
  lastMessage: LastMessage | null;

  @Column({ type: 'jsonb', default: {} })
  source: Readonly<Record<string, unknown>>;

  @Column({ type: 'text', name: 'external_id', nullable: true })
  externalId: string | null;

  /** Conversation that this one was merged into. */
  @Column({ type: 'uuid', name: 'merged_into', nullable: true })
  mergedInto: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
