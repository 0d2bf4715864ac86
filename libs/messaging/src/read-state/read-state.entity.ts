import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Time up to which a user has read a conversation. */
@Entity({ schema: 'messaging', name: 'read_states' })
export class ReadStateEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'conversation_id' })
  conversationId: string;

  @PrimaryColumn({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({ type: 'timestamptz', name: 'read_at', precision: 3, transformer: isoTimeTransformer })
  readAt: string;
}
