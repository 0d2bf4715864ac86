import type { Actor } from '@parley/kernel';
import type { BulkRunView } from '@parley/kernel/bulk';
import { isoTimeTransformer } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BulkUpdateContactsInput } from './contact-bulk-update.js';

/** Bulk update of contacts and its progress. */
@Entity({ schema: 'identity', name: 'bulk_operations' })
export class BulkOperationEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'text', default: 'running' })
  status: BulkRunView['status'];

  /** IDs in the order of processing; null if the filter or the undone update selects them. */
  @Column({ type: 'uuid', array: true, nullable: true })
  ids: readonly string[] | null;

  @Column({ type: 'jsonb', nullable: true })
  filter: FilterNode | null;

  @Column('jsonb')
  change: BulkUpdateContactsInput;

  @Column('jsonb')
  actor: Actor;

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

  /** Last processed contact of an operation with a filter. */
  @Column({ type: 'uuid', nullable: true })
  position: string | null;

  @Column({ type: 'timestamptz', name: 'completed_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  completedAt: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
