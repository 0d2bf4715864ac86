import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Member of an inbox. */
@Entity({ schema: 'teams', name: 'inbox_members' })
export class InboxMemberEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'inbox_id' })
  inboxId: string;

  @PrimaryColumn({ type: 'uuid', name: 'user_id' })
  userId: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
