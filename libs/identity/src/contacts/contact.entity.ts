import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { ContactStatus, StoredAvatar } from './contact.view.js';

/** Customer or visitor. A deleted contact can be restored until it is erased. */
@Entity({ schema: 'identity', name: 'contacts' })
export class ContactEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** ID of the contact in the system of the customer. */
  @Column({ type: 'text', nullable: true })
  identifier: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  /** Name of the company. Follows the name of the company with `companyId`, if that is set. */
  @Column({ type: 'text', nullable: true })
  company: string | null;

  @Column({ type: 'text', name: 'avatar_url', nullable: true })
  avatarUrl: string | null;

  @Column({ type: 'jsonb', name: 'custom_fields', default: {} })
  customFields: Readonly<Record<string, unknown>>;

  @Column({ type: 'text', array: true, default: '{}' })
  tags: readonly string[];

  @Column({ type: 'text', default: 'active' })
  status: ContactStatus;

  @Column({ type: 'boolean', default: false })
  blocked: boolean;

  @Column({ type: 'integer', name: 'conversation_count', default: 0 })
  conversationCount: number;

  @Column({ type: 'integer', name: 'ticket_count', default: 0 })
  ticketCount: number;

  @Column({ type: 'timestamptz', name: 'last_seen_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  lastSeenAt: string | null;

  @Column({ type: 'timestamptz', name: 'deleted_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  deletedAt: string | null;

  @Column({ type: 'text', name: 'other_emails', array: true, default: '{}' })
  otherEmails: readonly string[];

  @Column({ type: 'text', name: 'other_phones', array: true, default: '{}' })
  otherPhones: readonly string[];

  @Column({ type: 'jsonb', nullable: true })
  avatar: StoredAvatar | null;

  @Column({ type: 'uuid', name: 'company_id', nullable: true })
  companyId: string | null;

  /** Contact that this one was merged into. A merged contact is deleted. */
  @Column({ type: 'uuid', name: 'merged_into', nullable: true })
  mergedInto: string | null;

  /** Merge that deleted this contact. */
  @Column({ type: 'uuid', name: 'merge_id', nullable: true })
  mergeId: string | null;

  /** Time at which the personal data were erased. */
  @Column({ type: 'timestamptz', name: 'erased_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  erasedAt: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;

  /** Folded text of the search. */
  @Column({ type: 'text', insert: false, update: false, select: false })
  words: string;
}
