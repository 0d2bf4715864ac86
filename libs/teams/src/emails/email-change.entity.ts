import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Requested change of the e-mail address of a user. */
@Entity({ schema: 'teams', name: 'email_changes' })
export class EmailChangeEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column('text')
  email: string;

  @Column({ type: 'text', name: 'token_hash', nullable: true })
  tokenHash: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, transformer: isoTimeTransformer })
  expiresAt: string;

  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  usedAt: string | null;

  /** True if the link was mailed to the new address. */
  @Column({ type: 'boolean', default: false })
  mailed: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
