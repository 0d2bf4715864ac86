import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** Group of users that conversations can be assigned to. */
@Entity({ schema: 'teams', name: 'teams' })
export class TeamEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
