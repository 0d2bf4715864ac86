import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import type { Priority } from '@parley/messaging';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { TicketFormField } from './ticket-type.view.js';

/** Type of tickets. */
@Entity({ schema: 'workflow', name: 'ticket_types' })
export class TicketTypeEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'jsonb', default: [] })
  form: readonly TicketFormField[];

  @Column({ type: 'text', name: 'default_priority', nullable: true })
  defaultPriority: Priority | null;

  @Column({ type: 'uuid', name: 'team_id', nullable: true })
  teamId: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
