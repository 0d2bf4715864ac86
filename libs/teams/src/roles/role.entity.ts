import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** Custom role of a workspace. */
@Entity({ schema: 'teams', name: 'roles' })
export class RoleEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'text', array: true })
  scopes: readonly string[];

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
