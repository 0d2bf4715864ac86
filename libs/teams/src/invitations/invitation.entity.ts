import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Invitation of a user to a workspace that has not been accepted. */
@Entity({ schema: 'teams', name: 'invitations' })
export class InvitationEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'user_id' })
  userId: string;

  /** Null until the mail is sent. */
  @Column({ type: 'text', name: 'token_hash', nullable: true })
  tokenHash: string | null;

  /** Number of the invitation; a later issue replaces an earlier one. */
  @Column({ type: 'integer', default: 1 })
  issue: number;

  @Column({ type: 'uuid', name: 'team_ids', array: true, default: '{}' })
  teamIds: readonly string[];

  @Column({ type: 'uuid', name: 'inbox_ids', array: true, default: '{}' })
  inboxIds: readonly string[];

  @Column({ type: 'uuid', name: 'inviter_id', nullable: true })
  inviterId: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, transformer: isoTimeTransformer })
  expiresAt: string;

  @Column('text')
  name: string;

  @Column('text')
  email: string;

  /** True if the current link was mailed to the address. */
  @Column({ type: 'boolean', default: false })
  mailed: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
