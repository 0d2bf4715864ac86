import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** Short reply that agents send with one click. */
@Entity({ schema: 'messaging', name: 'quick_replies' })
export class QuickReplyEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** Null for all inboxes. */
  @Column({ type: 'uuid', name: 'inbox_id', nullable: true })
  inboxId: string | null;

  @Column('text')
  title: string;

  @Column('text')
  body: string;

  /** Sort position; lower values come first. */
  @Column('integer')
  position: number;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
