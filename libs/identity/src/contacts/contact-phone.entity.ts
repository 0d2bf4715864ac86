import { Entity, PrimaryColumn } from 'typeorm';

/** Phone number of a live contact, primary or other. Several contacts can have the same number. */
@Entity({ schema: 'identity', name: 'contact_phones' })
export class ContactPhoneEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn('text')
  number: string;

  @PrimaryColumn({ type: 'uuid', name: 'contact_id' })
  contactId: string;
}
