import { int8Transformer, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Authenticator app of a user (TOTP). */
@Entity({ schema: 'teams', name: 'second_factors' })
export class SecondFactorEntity {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' })
  userId: string;

  /** Encrypted. */
  @Column({ type: 'text', name: 'sealed_secret' })
  sealedSecret: string;

  /** Null until the first code is confirmed. */
  @Column({ type: 'timestamptz', name: 'enabled_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  enabledAt: string | null;

  /** Time step of the last accepted code. A code is accepted once. */
  @Column({ type: 'bigint', name: 'last_step', default: 0, transformer: int8Transformer })
  lastStep: number;

  /** Hashes of the unused recovery codes. */
  @Column({ type: 'text', name: 'recovery_hashes', array: true, default: '{}' })
  recoveryHashes: readonly string[];

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
