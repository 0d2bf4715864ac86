import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { Attachment, AuthorType, ContentType, MessageStatus, MessageType } from './message.view.js';

/** Message in a conversation. */
@Entity({ schema: 'messaging', name: 'messages' })
export class MessageEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'conversation_id' })
  conversationId: string;

  @Column('text')
  type: MessageType;

  @Column({ type: 'text', name: 'author_type' })
  authorType: AuthorType;

  @Column({ type: 'uuid', name: 'author_id', nullable: true })
  authorId: string | null;

  @Column({ type: 'text', name: 'author_name', nullable: true })
  authorName: string | null;

  @Column('text')
  body: string;

  @Column({ type: 'text', name: 'body_html', nullable: true })
  bodyHtml: string | null;

  @Column({ type: 'text', name: 'content_type', default: 'text' })
  contentType: ContentType;

  @Column({ type: 'jsonb', name: 'content_attributes', default: {} })
  contentAttributes: Readonly<Record<string, unknown>>;

  @Column({ type: 'jsonb', default: [] })
  attachments: readonly Attachment[];

  @Column({ type: 'text', default: 'sent' })
  status: MessageStatus;

  @Column({ type: 'text', name: 'status_error', nullable: true })
  statusError: string | null;

  @Column({ type: 'text', name: 'external_id', nullable: true })
  externalId: string | null;

  /** ID of the message that this one replies to. */
  @Column({ type: 'uuid', name: 'in_reply_to', nullable: true })
  inReplyTo: string | null;

  @Column({ type: 'timestamptz', name: 'edited_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  editedAt: string | null;

  @Column({ type: 'timestamptz', name: 'deleted_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  deletedAt: string | null;

  /** IDs of the users that a note mentions. */
  @Column({ type: 'uuid', array: true, default: '{}' })
  mentions: readonly string[];

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;

  /** Text of the full-text search. */
  @Column({ type: 'tsvector', nullable: true, insert: false, update: false, select: false })
  search: string | null;
}
