import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { SealedSecret } from './webhook-secret.js';
import type { WebhookOrdering } from './webhook.view.js';

/** Endpoint that receives events. */
@Entity({ schema: 'channels', name: 'webhooks' })
export class WebhookEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  url: string;

  @Column({ type: 'text', array: true })
  events: readonly string[];

  @Column({ type: 'jsonb', nullable: true })
  filter: FilterNode | null;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'text', default: 'conversation' })
  ordering: WebhookOrdering;

  @Column('jsonb')
  secrets: readonly SealedSecret[];

  @Column({ type: 'boolean', default: true })
  enabled: boolean;

  /** Events before this time are not delivered. */
  @Column({ type: 'timestamptz', name: 'listening_since', precision: 3, transformer: isoTimeTransformer })
  listeningSince: string;

  @Column({ type: 'text', name: 'disabled_reason', nullable: true })
  disabledReason: 'gone' | 'failing' | null;

  @Column({ type: 'timestamptz', name: 'disabled_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  disabledAt: string | null;

  @Column({ type: 'integer', name: 'consecutive_failures', default: 0 })
  consecutiveFailures: number;

  /** Time of the first of the consecutive failures. */
  @Column({ type: 'timestamptz', name: 'failing_since', precision: 3, nullable: true, transformer: isoTimeTransformer })
  failingSince: string | null;

  /** No attempts before this time. */
  @Column({ type: 'timestamptz', name: 'paused_until', precision: 3, nullable: true, transformer: isoTimeTransformer })
  pausedUntil: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
