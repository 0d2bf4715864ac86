import type { Actor } from '@parley/kernel';
import { SERIAL_COLUMN, int8Transformer, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Stored file. */
@Entity({ schema: 'messaging', name: 'files' })
export class FileEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', name: 'mime_type' })
  mimeType: string;

  /** Size in bytes. */
  @Column({ type: 'bigint', transformer: int8Transformer })
  size: number;

  /** SHA-256 of the content, in hex. */
  @Column('text')
  sha256: string;

  /** Width in pixels; null if the file is not a raster image. */
  @Column({ type: 'integer', nullable: true })
  width: number | null;

  @Column({ type: 'integer', nullable: true })
  height: number | null;

  @Column({ type: 'text', name: 'storage_key' })
  storageKey: string;

  @Column({ type: 'jsonb', name: 'uploaded_by' })
  uploadedBy: Actor;

  @Column({ type: 'timestamptz', name: 'deleted_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  deletedAt: string | null;

  @Column({ type: 'uuid', name: 'folder_id', nullable: true })
  folderId: string | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
