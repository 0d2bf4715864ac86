import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Phone number of a live contact, primary or other. Keeps numbers unique in a workspace. */
@Entity({ schema: 'identity', name: 'contact_phones' })
export class ContactPhoneEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn('text')
  number: string;

  @Column({ type: 'uuid', name: 'contact_id' })
  contactId: string;
}
