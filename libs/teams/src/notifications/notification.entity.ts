import type { Actor } from '@parley/kernel';
import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Notification of a user. */
@Entity({ schema: 'teams', name: 'notifications' })
export class NotificationEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column('text')
  kind: string;

  @Column({ type: 'uuid', name: 'event_id' })
  eventId: string;

  @Column({ type: 'uuid', name: 'conversation_id', nullable: true })
  conversationId: string | null;

  /** Inbox of the conversation, copied from it; the nil UUID for notifications of earlier versions. */
  @Column({ type: 'uuid', name: 'inbox_id', nullable: true })
  inboxId: string | null;

  @Column({ type: 'uuid', name: 'message_id', nullable: true })
  messageId: string | null;

  @Column('jsonb')
  actor: Actor;

  @Column('text')
  title: string;

  @Column('text')
  body: string;

  /** False if the notification is only mailed. */
  @Column({ type: 'boolean', name: 'in_app' })
  inApp: boolean;

  /** True until the notification is mailed or read. */
  @Column({ type: 'boolean', name: 'mail_due' })
  mailDue: boolean;

  @Column({ type: 'timestamptz', name: 'read_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  readAt: string | null;

  /** Job that mails it. */
  @Column({ type: 'text', name: 'mail_job', nullable: true })
  mailJob: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
