import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TicketLinkKind } from './ticket-link.view.js';

/** Link between two tickets. */
@Entity({ schema: 'workflow', name: 'ticket_links' })
export class TicketLinkEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  kind: TicketLinkKind;

  /** The child, the duplicate, or the lower ID of two related tickets. */
  @Column({ type: 'uuid', name: 'source_id' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'target_id' })
  targetId: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
