import type { Plan } from '@parley/kernel';
import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** Tenant. Every other row belongs to exactly one workspace. */
@Entity({ schema: 'teams', name: 'workspaces' })
export class WorkspaceEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column('text')
  name: string;

  @Column('text')
  plan: Plan;

  @Column({ type: 'text', default: 'UTC' })
  timezone: string;

  @Column({ type: 'text', default: 'en' })
  locale: string;

  @Column({ type: 'jsonb', default: {} })
  settings: Readonly<Record<string, unknown>>;

  /** Workspace whose test keys work in this one; null unless this is a sandbox. */
  @Column({ type: 'uuid', name: 'sandbox_of', nullable: true })
  sandboxOf: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
