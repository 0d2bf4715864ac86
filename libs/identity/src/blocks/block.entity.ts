import type { Actor } from '@parley/kernel';
import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Block of a visitor. Exactly one of contact, e-mail, phone number and network is set. */
@Entity({ schema: 'identity', name: 'blocks' })
export class BlockEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'contact_id', nullable: true })
  contactId: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  /** In CIDR notation. */
  @Column({ type: 'cidr', nullable: true })
  network: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'jsonb', name: 'created_by' })
  createdBy: Actor;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  expiresAt: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}
