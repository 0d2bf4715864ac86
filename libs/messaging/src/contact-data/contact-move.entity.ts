import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Conversation that a contact merge moved to another contact. */
@Entity({ schema: 'messaging', name: 'contact_moves' })
export class ContactMoveEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** ID of the contact merge. */
  @PrimaryColumn({ type: 'uuid', name: 'move_id' })
  moveId: string;

  @PrimaryColumn({ type: 'uuid', name: 'conversation_id' })
  conversationId: string;

  @Column({ type: 'uuid', name: 'from_contact_id' })
  fromContactId: string;
}
