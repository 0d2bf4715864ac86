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

  /** IDs in the order of processing; null for an undo. */
  @Column({ type: 'uuid', array: true, nullable: true })
  ids: readonly string[] | null;

  @Column('integer')
  total: number;

  @Column({ type: 'integer', default: 0 })
  succeeded: number;

  @Column({ type: 'integer', default: 0 })
  failed: number;

  @Column({ type: 'jsonb', default: {} })
  skipped: BulkRunView['skipped'];

  @Column({ type: 'jsonb', default: [] })
  results: BulkRunView['results'];

  /** False for undos, and for updates whose changes were not recorded. */
  @Column({ type: 'boolean', default: true })
  undoable: boolean;

  /** The bulk update that this run undoes. */
  @Column({ type: 'uuid', name: 'undoes_id', nullable: true })
  undoesId: string | null;

  /** The run that undoes this one. */
  @Column({ type: 'uuid', name: 'undo_id', nullable: true })
  undoId: string | null;

  @Column({ type: 'timestamptz', name: 'completed_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  completedAt: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
