import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { InboxAccess } from './inbox-access-sql.js';
import type { InboxSettings } from './inbox.view.js';

/** Inbox that conversations arrive in. */
@Entity({ schema: 'teams', name: 'inboxes' })
export class InboxEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** Team that new conversations are assigned to. */
  @Column({ type: 'uuid', name: 'team_id', nullable: true })
  teamId: string | null;

  @Column('text')
  name: string;

  /** Default channel of conversations in the inbox. */
  @Column({ type: 'text', default: 'api' })
  channel: string;

  /** `members`: only members see its conversations. */
  @Column({ type: 'text', default: 'everyone' })
  access: InboxAccess;

  @Column({ type: 'jsonb', default: {} })
  settings: Partial<InboxSettings>;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
