import { int8Transformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Highest ticket number of a workspace. */
@Entity({ schema: 'workflow', name: 'ticket_numbers' })
export class TicketNumberEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'bigint', name: 'last', transformer: int8Transformer })
  lastNumber: number;
}
