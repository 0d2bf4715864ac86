import type { Actor } from '@parley/kernel';
import { int8Transformer, isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ImportOptions, ImportStatus } from './import.view.js';

/** Import of contacts from a CSV file. */
@Entity({ schema: 'identity', name: 'imports' })
export class ImportEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'text', default: 'pending' })
  status: ImportStatus;

  @Column({ type: 'text', name: 'file_key' })
  fileKey: string;

  @Column({ type: 'text', name: 'file_name' })
  fileName: string;

  /** In bytes. */
  @Column({ type: 'bigint', name: 'file_size', transformer: int8Transformer })
  fileSize: number;

  @Column('jsonb')
  options: ImportOptions;

  @Column('jsonb')
  actor: Actor;

  @Column({ type: 'integer', name: 'rows_read', default: 0 })
  rowsRead: number;

  @Column({ type: 'bigint', name: 'bytes_read', default: 0, transformer: int8Transformer })
  bytesRead: number;

  @Column({ type: 'integer', default: 0 })
  created: number;

  @Column({ type: 'integer', default: 0 })
  updated: number;

  @Column({ type: 'integer', default: 0 })
  unchanged: number;

  @Column({ type: 'integer', default: 0 })
  skipped: number;

  @Column({ type: 'integer', default: 0 })
  failed: number;

  /** Rows that were imported without an invalid phone number. */
  @Column({ type: 'integer', default: 0 })
  incomplete: number;

  @Column({ type: 'text', nullable: true })
  error: string | null;

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  startedAt: string | null;

  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  endedAt: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
