import { Column, Entity, PrimaryColumn } from 'typeorm';

/** E-mail address of a live contact, primary or other. Keeps addresses unique in a workspace. */
@Entity({ schema: 'identity', name: 'contact_emails' })
export class ContactEmailEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn('text')
  address: string;

  @Column({ type: 'uuid', name: 'contact_id' })
  contactId: string;
}
