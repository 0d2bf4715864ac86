import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConversationMergeReceipt } from './conversation-merge.js';

/** Merge of a conversation into another, with the data to undo it. */
@Entity({ schema: 'messaging', name: 'merges' })
export class ConversationMergeEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'source_id' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'target_id' })
  targetId: string;

  /** Messages that moved to the target. */
  @Column({ type: 'uuid', name: 'message_ids', array: true })
  messageIds: readonly string[];

  /** Users who became participants of the target. */
  @Column({ type: 'uuid', name: 'participant_ids', array: true })
  participantIds: readonly string[];

  @Column('jsonb')
  receipt: ConversationMergeReceipt;

  @Column({ type: 'timestamptz', name: 'merged_at', precision: 3, transformer: isoTimeTransformer })
  mergedAt: string;

  @Column({ type: 'timestamptz', name: 'undone_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  undoneAt: string | null;
}
