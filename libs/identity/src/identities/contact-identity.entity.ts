import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** ID of a contact in the channel of an inbox. */
@Entity({ schema: 'identity', name: 'contact_identities' })
export class ContactIdentityEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'contact_id' })
  contactId: string;

  @Column({ type: 'uuid', name: 'inbox_id' })
  inboxId: string;

  /** ID that the channel gives the contact, for example a phone number. */
  @Column({ type: 'text', name: 'source_id' })
  sourceId: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
