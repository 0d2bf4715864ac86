import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Link to set a new password. Only the hash of its token is stored. */
@Entity({ schema: 'teams', name: 'password_resets' })
export class PasswordResetEntity {
  @PrimaryColumn({ type: 'text', name: 'token_hash' })
  tokenHash: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, transformer: isoTimeTransformer })
  expiresAt: string;

  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  usedAt: string | null;

  /** True if the link was mailed to the address of the account. */
  @Column({ type: 'boolean', default: false })
  mailed: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
