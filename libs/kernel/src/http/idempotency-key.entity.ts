import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isoTimeTransformer } from '../database/column-types.js';
import type { StoredAccess } from './idempotency-access.js';

/** Response to a request with an `Idempotency-Key`. */
@Entity({ schema: 'kernel', name: 'idempotency_keys' })
export class IdempotencyKeyEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'credential_id' })
  credentialId: string;

  @PrimaryColumn('text')
  route: string;

  @PrimaryColumn('text')
  key: string;

  /** Hash of the body of the request. */
  @Column({ type: 'text', name: 'body_hash' })
  bodyHash: string;

  /** Status of the response. */
  @Column('smallint')
  status: number;

  @Column('jsonb')
  headers: Readonly<Record<string, string>>;

  @Column({ type: 'text', nullable: true })
  body: string | null;

  /** True if the body is encrypted, because it has secrets. */
  @Column({ type: 'boolean', default: false })
  sealed: boolean;

  /** What the caller could access; null for responses of earlier versions. */
  @Column({ type: 'jsonb', nullable: true })
  access: StoredAccess | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
