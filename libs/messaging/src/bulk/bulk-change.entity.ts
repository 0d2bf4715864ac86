import type { Actor } from '@parley/kernel';
import type { BulkRunView } from '@parley/kernel/bulk';
import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UpdateConversationInput } from '../conversations/conversation.view.js';

/** Bulk update of conversations and its progress. */
@Entity({ schema: 'messaging', name: 'bulk_changes' })
export class BulkChangeEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  status: BulkRunView['status'];

  @Column('jsonb')
  actor: Actor;

  @Column('jsonb')
  change: UpdateConversationInput;

  @Column({ type: 'uuid', array: true })
  ids: readonly string[];

  @Column('integer')
  total: number;

  @Column({ type: 'integer', default: 0 })
  succeeded: number;

  @Column({ type: 'integer', default: 0 })
  failed: number;

  @Column({ type: 'jsonb', default: [] })
  results: BulkRunView['results'];

  @Column({ type: 'timestamptz', name: 'completed_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  completedAt: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
