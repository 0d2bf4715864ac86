import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { Action, RunPolicy } from './automation.view.js';

/** Automation rule. */
@Entity({ schema: 'workflow', name: 'automations' })
export class AutomationEntity {
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

  @Column('boolean')
  enabled: boolean;

  /** Time at which the rule was last enabled; earlier events do not trigger it. */
  @Column({ type: 'timestamptz', name: 'enabled_at', precision: 3, transformer: isoTimeTransformer })
  enabledAt: string;

  /** Rules run in this order. */
  @Column({ type: 'integer', name: 'place' })
  position: number;

  @Column({ type: 'text', array: true })
  events: readonly string[];

  @Column('json')
  filter: FilterNode;

  @Column('json')
  actions: readonly Action[];

  @Column({ type: 'text', name: 'run_policy' })
  runPolicy: RunPolicy;

  /** Only with the policy `cooldown`. */
  @Column({ type: 'integer', name: 'cooldown_seconds', nullable: true })
  cooldownSeconds: number | null;

  /** If true, later rules do not run once this one has matched. */
  @Column({ type: 'boolean', name: 'stop_after_match' })
  stopAfterMatch: boolean;

  /** If true, the actions after a failed one are skipped. */
  @Column({ type: 'boolean', name: 'stop_on_error' })
  stopOnError: boolean;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
