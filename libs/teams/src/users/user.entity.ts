import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** User. Can be a member of several workspaces. */
@Entity({ schema: 'teams', name: 'users' })
export class UserEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column('text')
  email: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column({ type: 'text', name: 'avatar_url', nullable: true })
  avatarUrl: string | null;

  /** Workspace that the account belongs to; null if the account holds its address on the whole server. */
  @Column({ type: 'uuid', name: 'home_workspace_id', nullable: true })
  homeWorkspaceId: string | null;

  /** User of whom this is the copy in a sandbox. */
  @Column({ type: 'uuid', name: 'copied_from', nullable: true })
  copiedFrom: string | null;

  /** Sessions that started before this time are invalid. */
  @Column({
    type: 'timestamptz',
    name: 'sessions_valid_from',
    precision: 3,
    default: '1970-01-01 00:00:00+00',
    transformer: isoTimeTransformer,
  })
  sessionsValidFrom: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
