import type { Actor } from '@parley/kernel';
import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MergeReceipt } from '../contact-data/contact-data-owner.js';
import type { MergeState } from './contact-merge.js';

/** Merge of contacts into one, with the data to undo it. */
@Entity({ schema: 'identity', name: 'merges' })
export class ContactMergeEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'target_id' })
  targetId: string;

  @Column({ type: 'uuid', name: 'contact_ids', array: true })
  contactIds: readonly string[];

  @Column('jsonb')
  actor: Actor;

  /** Fields of the target before the merge. */
  @Column('jsonb')
  before: MergeState;

  /** Fields of the target after the merge. */
  @Column('jsonb')
  after: MergeState;

  /** Data of each owner of contact data to undo the merge. */
  @Column('jsonb')
  receipts: Readonly<Record<string, MergeReceipt>>;

  @Column({ type: 'timestamptz', name: 'undone_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  undoneAt: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
