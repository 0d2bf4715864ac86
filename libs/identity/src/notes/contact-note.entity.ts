import type { Actor } from '@parley/kernel';
import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Note of the team about a contact. */
@Entity({ schema: 'identity', name: 'contact_notes' })
export class ContactNoteEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'contact_id' })
  contactId: string;

  @Column('jsonb')
  author: Actor;

  @Column('text')
  body: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
