import type { Actor } from '@parley/kernel';
import { isoTimeTransformer } from '@parley/kernel/database';
import type { DeliveredFile } from '@parley/kernel/files';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExportKind, ExportOptions, ExportStatus } from './export.view.js';

/** Export of contacts to a file, or of the data of one person. */
@Entity({ schema: 'identity', name: 'exports' })
export class ExportEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  kind: ExportKind;

  /** The person, for the kind `person`. */
  @Column({ type: 'uuid', name: 'contact_id', nullable: true })
  contactId: string | null;

  @Column('jsonb')
  options: ExportOptions;

  @Column({ type: 'text', default: 'pending' })
  status: ExportStatus;

  @Column({ type: 'integer', nullable: true })
  total: number | null;

  /** Number of contacts written so far. */
  @Column({ type: 'integer', default: 0 })
  written: number;

  @Column({ type: 'jsonb', nullable: true })
  file: DeliveredFile | null;

  @Column({ type: 'text', nullable: true })
  error: string | null;

  @Column('jsonb')
  actor: Actor;

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  startedAt: string | null;

  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  endedAt: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  expiresAt: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
