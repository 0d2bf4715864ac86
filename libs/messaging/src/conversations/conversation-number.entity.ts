import { int8Transformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Highest conversation number of a workspace. */
@Entity({ schema: 'messaging', name: 'conversation_numbers' })
export class ConversationNumberEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'bigint', name: 'last', transformer: int8Transformer })
  lastNumber: number;
}
