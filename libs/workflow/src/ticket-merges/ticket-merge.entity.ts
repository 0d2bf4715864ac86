import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TicketMergeReceipt } from './ticket-merge.view.js';

/** Merge of a ticket into another, with the data to undo it. */
@Entity({ schema: 'workflow', name: 'ticket_merges' })
export class TicketMergeEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'source_id' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'target_id' })
  targetId: string;

  @Column('jsonb')
  receipt: TicketMergeReceipt;

  @Column({ type: 'timestamptz', name: 'merged_at', precision: 3, transformer: isoTimeTransformer })
  mergedAt: string;

  @Column({ type: 'timestamptz', name: 'undone_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  undoneAt: string | null;
}
