import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isoTimeTransformer } from '../database/column-types.js';

/** Timer that has not fired yet. */
@Entity({ schema: 'kernel', name: 'timers' })
export class TimerEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  kind: string;

  /** Unique within the kind. */
  @Column('text')
  key: string;

  @Column('jsonb')
  payload: Readonly<Record<string, unknown>>;

  @Column({ type: 'timestamptz', name: 'due_at', precision: 3, transformer: isoTimeTransformer })
  dueAt: string;

  @Column({ type: 'integer', default: 0 })
  attempts: number;
}
