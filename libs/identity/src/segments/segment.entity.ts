import { isoTimeTransformer } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** Dynamic group of contacts that match a filter. */
@Entity({ schema: 'identity', name: 'segments' })
export class SegmentEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column('jsonb')
  filter: FilterNode;

  /** True if contacts enter and leave because time passes. */
  @Column({ type: 'boolean', name: 'is_time_dependent' })
  isTimeDependent: boolean;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
