import { SERIAL_COLUMN, int8Transformer, isoTimeTransformer } from '@parley/kernel/database';
import type { Priority } from '@parley/messaging';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { TicketStatus } from './ticket.view.js';

const TIME = { type: 'timestamptz', precision: 3, transformer: isoTimeTransformer } as const;

/** Ticket: a request of a contact that is tracked until it is resolved. */
@Entity({ schema: 'workflow', name: 'tickets' })
export class TicketEntity {
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

  @Column('text')
  subject: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'text', default: 'open' })
  status: TicketStatus;

  @Column({ type: 'uuid', name: 'custom_status_id', nullable: true })
  customStatusId: string | null;

  @Column({ ...TIME, name: 'status_changed_at' })
  statusChangedAt: string;

  @Column({ type: 'text', default: 'normal' })
  priority: Priority;

  @Column({ type: 'uuid', name: 'type_id', nullable: true })
  typeId: string | null;

  @Column({ type: 'uuid', name: 'inbox_id', nullable: true })
  inboxId: string | null;

  @Column({ type: 'uuid', name: 'contact_id' })
  contactId: string;

  /** Conversation that is the thread of the ticket. */
  @Column({ type: 'uuid', name: 'conversation_id' })
  conversationId: string;

  /** True if the conversation was created for the ticket and follows its status. */
  @Column({ type: 'boolean', name: 'owns_conversation' })
  ownsConversation: boolean;

  /** Conversation that was merged into the current one. */
  @Column({ type: 'uuid', name: 'moved_from_conversation_id', nullable: true })
  movedFromConversationId: string | null;

  @Column({ type: 'uuid', name: 'assignee_id', nullable: true })
  assigneeId: string | null;

  @Column({ type: 'uuid', name: 'team_id', nullable: true })
  teamId: string | null;

  @Column({ type: 'text', array: true, default: '{}' })
  tags: readonly string[];

  @Column({ type: 'jsonb', name: 'custom_fields', default: {} })
  customFields: Readonly<Record<string, unknown>>;

  @Column({ type: 'text', name: 'external_id', nullable: true })
  externalId: string | null;

  /** Ticket that this one was merged into. */
  @Column({ type: 'uuid', name: 'merged_into', nullable: true })
  mergedInto: string | null;

  @Column({ ...TIME, name: 'resolved_at', nullable: true })
  resolvedAt: string | null;

  @Column({ ...TIME, name: 'closed_at', nullable: true })
  closedAt: string | null;

  @Column({ type: 'integer', name: 'reopen_count', default: 0 })
  reopenCount: number;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ ...TIME, name: 'created_at' })
  createdAt: string;

  @Column({ ...TIME, name: 'updated_at' })
  updatedAt: string;

  /** Words of the subject and the description, computed by the database. */
  @Column({ type: 'tsvector', nullable: true, select: false, insert: false, update: false })
  search: string | null;
}
