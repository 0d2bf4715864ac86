import { Column, Entity, PrimaryColumn } from 'typeorm';
import { int8Transformer, isoTimeTransformer } from '../database/column-types.js';

/** Event, timer or job that failed repeatedly and can be redriven. */
@Entity({ schema: 'kernel', name: 'dead_letters' })
export class DeadLetterEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id', nullable: true })
  workspaceId: string | null;

  @Column('text')
  kind: 'event' | 'timer' | 'job';

  /** Subscriber ID, timer kind or job name. */
  @Column('text')
  consumer: string;

  /** Position of a failed event. */
  @Column({ type: 'bigint', name: 'event_position', nullable: true, transformer: int8Transformer })
  eventPosition: number | null;

  @Column('jsonb')
  payload: Readonly<Record<string, unknown>>;

  @Column('text')
  error: string;

  @Column('integer')
  attempts: number;

  @Column({ type: 'timestamptz', name: 'parked_at', precision: 3, transformer: isoTimeTransformer })
  parkedAt: string;

  @Column({ type: 'timestamptz', name: 'redriven_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  redrivenAt: string | null;
}
