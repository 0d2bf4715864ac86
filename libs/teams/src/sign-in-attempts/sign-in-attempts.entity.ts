import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Failed sign-ins of an account or from an address. */
@Entity({ schema: 'teams', name: 'sign_in_attempts' })
export class SignInAttemptsEntity {
  /** `account:…` or `address:…`. */
  @PrimaryColumn('text')
  key: string;

  @Column('integer')
  failures: number;

  @Column({ type: 'timestamptz', name: 'locked_until', precision: 3, nullable: true, transformer: isoTimeTransformer })
  lockedUntil: string | null;

  @Column({ type: 'timestamptz', name: 'failed_at', precision: 3, transformer: isoTimeTransformer })
  failedAt: string;
}
