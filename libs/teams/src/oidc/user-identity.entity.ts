import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Account of a user at an OIDC provider. */
@Entity({ schema: 'teams', name: 'user_identities' })
export class UserIdentityEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'provider_id' })
  providerId: string;

  /** ID of the account at the provider. */
  @PrimaryColumn('text')
  subject: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({
    type: 'timestamptz',
    name: 'last_used_at',
    precision: 3,
    default: () => 'now()',
    transformer: isoTimeTransformer,
  })
  lastUsedAt: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
