import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { AttributeSubject, AttributeType } from './attribute-definition.view.js';

/** Definition of a custom field. */
@Entity({ schema: 'identity', name: 'attribute_definitions' })
export class AttributeDefinitionEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'text', name: 'applies_to' })
  appliesTo: AttributeSubject;

  @Column('text')
  key: string;

  @Column('text')
  label: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column('text')
  type: AttributeType;

  @Column({ type: 'text', array: true, default: '{}' })
  options: readonly string[];

  @Column({ type: 'text', nullable: true })
  regex: string | null;

  @Column({ type: 'text', name: 'regex_hint', nullable: true })
  regexHint: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}
