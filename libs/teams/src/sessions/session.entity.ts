import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Session of a signed-in user. Only hashes of its refresh tokens are stored. */
@Entity({ schema: 'teams', name: 'sessions' })
export class SessionEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({ type: 'text', name: 'refresh_hash' })
  refreshHash: string;

  /** Hash of the refresh token before the last rotation. It is accepted again for a few seconds. */
  @Column({ type: 'text', name: 'previous_refresh_hash', nullable: true })
  previousRefreshHash: string | null;

  /** Hash of the part that all refresh tokens of the session share. The reuse of an older one revokes the session. */
  @Column({ type: 'text', name: 'family_hash', nullable: true })
  familyHash: string | null;

  /** Derives the current refresh token from the previous one. */
  @Column({ type: 'text', name: 'refresh_salt', nullable: true })
  refreshSalt: string | null;

  /** Time of the last rotation of the refresh token. */
  @Column({ type: 'timestamptz', name: 'rotated_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  rotatedAt: string | null;

  @Column({ type: 'text', name: 'user_agent', nullable: true })
  userAgent: string | null;

  @Column({ type: 'text', nullable: true })
  address: string | null;

  @Column({
    type: 'timestamptz',
    name: 'last_used_at',
    precision: 3,
    default: () => 'now()',
    transformer: isoTimeTransformer,
  })
  lastUsedAt: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, transformer: isoTimeTransformer })
  expiresAt: string;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  revokedAt: string | null;

  /** Time of the last authentication with credentials. */
  @Column({
    type: 'timestamptz',
    name: 'authenticated_at',
    precision: 3,
    default: () => 'now()',
    transformer: isoTimeTransformer,
  })
  authenticatedAt: string;

  /** True if the user signed in with a password. */
  @Column({ type: 'boolean', name: 'by_password', default: false })
  byPassword: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
