import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** API key of a user or a service. Only its hash is stored. */
@Entity({ schema: 'teams', name: 'api_keys' })
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** Only for personal keys. */
  @Column({ type: 'uuid', name: 'user_id', nullable: true })
  userId: string | null;

  @Column('text')
  kind: 'personal' | 'service';

  /** Test keys work in the sandbox of the workspace. */
  @Column({ type: 'text', default: 'live' })
  mode: 'live' | 'test';

  @Column('text')
  name: string;

  /** First and last characters, shown to distinguish keys. */
  @Column('text')
  hint: string;

  @Column({ type: 'text', name: 'key_hash' })
  keyHash: string;

  @Column({ type: 'text', array: true })
  scopes: readonly string[];

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  expiresAt: string | null;

  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  lastUsedAt: string | null;

  @Column({ type: 'text', name: 'last_used_address', nullable: true })
  lastUsedAddress: string | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  revokedAt: string | null;

  /** Hash of the key before the last rotation, valid until `previousUntil`. */
  @Column({ type: 'text', name: 'previous_key_hash', nullable: true })
  previousKeyHash: string | null;

  @Column({
    type: 'timestamptz',
    name: 'previous_until',
    precision: 3,
    nullable: true,
    transformer: isoTimeTransformer,
  })
  previousUntil: string | null;

  /** True if a credential that proves the account of the user created the key. */
  @Column({ type: 'boolean', name: 'by_password', default: false })
  byPassword: boolean;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
