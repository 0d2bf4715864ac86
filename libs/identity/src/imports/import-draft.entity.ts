import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ContactView } from '../contacts/contact.view.js';

/** Contact as a dry run would leave it. Later rows of the file see it. */
@Entity({ schema: 'identity', name: 'import_drafts' })
export class ImportDraftEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'import_id' })
  importId: string;

  @PrimaryColumn({ type: 'uuid', name: 'contact_id' })
  contactId: string;

  /** Unique keys of the contact. */
  @Column({ type: 'text', array: true })
  keys: readonly string[];

  @Column('jsonb')
  contact: ContactView;
}
