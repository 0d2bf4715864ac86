import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { ConversationOrder } from '../conversations/conversations-filter.js';
import type { Visibility } from '../visibility/visibility.js';
import type { SavedViewResource } from './saved-view.view.js';

/** Named filter of conversations. */
@Entity({ schema: 'messaging', name: 'saved_views' })
export class SavedViewEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  resource: SavedViewResource;

  @Column('text')
  name: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column('text')
  visibility: Visibility;

  @Column({ type: 'uuid', name: 'team_id', nullable: true })
  teamId: string | null;

  /** User who owns it; null if a service key created it. */
  @Column({ type: 'uuid', name: 'owner_id', nullable: true })
  ownerId: string | null;

  /** Rich filter; `me` refers to the user who opens the view. */
  @Column('jsonb')
  filter: unknown;

  @Column({ type: 'text', name: 'order_by' })
  orderBy: ConversationOrder;

  @Column({ type: 'text', name: 'order_dir' })
  orderDir: 'asc' | 'desc';

  @Column({ type: 'text', array: true, default: '{}' })
  columns: readonly string[];

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
