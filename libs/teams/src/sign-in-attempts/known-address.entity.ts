import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Network address from which a user signed in with their password. */
@Entity({ schema: 'teams', name: 'known_addresses' })
export class KnownAddressEntity {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' })
  userId: string;

  /** Throttle key of the address. */
  @PrimaryColumn('text')
  address: string;

  /** Time of the last sign-in. */
  @Column({
    type: 'timestamptz',
    name: 'signed_in_at',
    precision: 3,
    default: () => 'now()',
    transformer: isoTimeTransformer,
  })
  signedInAt: string;
}
