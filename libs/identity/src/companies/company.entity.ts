import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** Company that contacts belong to. */
@Entity({ schema: 'identity', name: 'companies' })
export class CompanyEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  name: string;

  /** Copy of the rows in `identity.company_domains`. */
  @Column({ type: 'text', array: true, default: '{}' })
  domains: readonly string[];

  @Column({ type: 'jsonb', name: 'custom_fields', default: {} })
  customFields: Readonly<Record<string, unknown>>;

  @Column({ type: 'text', array: true, default: '{}' })
  tags: readonly string[];

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
