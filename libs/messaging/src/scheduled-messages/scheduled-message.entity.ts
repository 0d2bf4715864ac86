import type { Actor } from '@parley/kernel';
import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { TemplateContentType } from '../templates/templates.js';
import type { ScheduledMessageStatus } from './scheduled-message.view.js';

/** Message that is sent at a later time. */
@Entity({ schema: 'messaging', name: 'scheduled_messages' })
export class ScheduledMessageEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'conversation_id' })
  conversationId: string;

  @Column('jsonb')
  author: Actor;

  @Column('text')
  type: 'reply' | 'note';

  /** Liquid template; rendered when the message is sent. */
  @Column('text')
  body: string;

  @Column({ type: 'text', name: 'content_type' })
  contentType: TemplateContentType;

  @Column({ type: 'uuid', name: 'attachment_ids', array: true, default: '{}' })
  attachmentIds: readonly string[];

  @Column({ type: 'timestamptz', name: 'send_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  sendAt: string | null;

  @Column('text')
  status: ScheduledMessageStatus;

  @Column({ type: 'text', nullable: true })
  error: string | null;

  /** The message that was sent. */
  @Column({ type: 'uuid', name: 'message_id', nullable: true })
  messageId: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
