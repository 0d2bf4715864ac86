import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Ticket that a contact merge moved to another contact. */
@Entity({ schema: 'workflow', name: 'ticket_moves' })
export class TicketMoveEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** ID of the contact merge. */
  @PrimaryColumn({ type: 'uuid', name: 'move_id' })
  moveId: string;

  @PrimaryColumn({ type: 'uuid', name: 'ticket_id' })
  ticketId: string;

  @Column({ type: 'uuid', name: 'from_contact_id' })
  fromContactId: string;
}
