import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { TemplateContentType } from '../templates/templates.js';
import type { Visibility } from '../visibility/visibility.js';

/** Template of a reply that agents insert by its shortcut. */
@Entity({ schema: 'messaging', name: 'canned_responses' })
export class CannedResponseEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  visibility: Visibility;

  @Column({ type: 'uuid', name: 'team_id', nullable: true })
  teamId: string | null;

  /** User who owns it; null if a service key created it. */
  @Column({ type: 'uuid', name: 'owner_id', nullable: true })
  ownerId: string | null;

  @Column('text')
  shortcut: string;

  /** Liquid template. */
  @Column('text')
  content: string;

  @Column({ type: 'text', name: 'content_type' })
  contentType: TemplateContentType;

  @Column({ type: 'uuid', name: 'attachment_ids', array: true, default: '{}' })
  attachmentIds: readonly string[];

  @Column({ type: 'integer', name: 'usage_count', default: 0 })
  usageCount: number;

  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  lastUsedAt: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
