import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** Membership of a user in a workspace. */
@Entity({ schema: 'teams', name: 'memberships' })
export class MembershipEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'user_id' })
  userId: string;

  /** `owner`, `admin`, `agent`, or the ID of a custom role. */
  @Column('text')
  role: string;

  @Column({ type: 'text', default: 'active' })
  status: 'active' | 'invited' | 'inactive';

  /** The setting of the user. */
  @Column({ type: 'text', default: 'online' })
  availability: 'online' | 'busy' | 'offline';

  /** True if the user appears as offline while they are away. */
  @Column({ type: 'boolean', name: 'auto_offline', default: true })
  autoOffline: boolean;

  /** False while the user is away. */
  @Column({ type: 'boolean', name: 'present', default: true })
  isPresent: boolean;

  @Column({
    type: 'timestamptz',
    name: 'last_seen_at',
    precision: 3,
    default: () => 'now()',
    transformer: isoTimeTransformer,
  })
  lastSeenAt: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;

  /** The custom role. */
  @Column({ type: 'uuid', name: 'role_id', nullable: true, insert: false, update: false })
  roleId: string | null;
}
