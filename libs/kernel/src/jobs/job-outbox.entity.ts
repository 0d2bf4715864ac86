import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isoTimeTransformer } from '../database/column-types.js';
import type { JobEnvelope } from './job-envelope.js';

/** Committed job that has not been published to Redis or has not completed. */
@Entity({ schema: 'kernel', name: 'job_outbox' })
export class JobOutboxEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  job: string;

  @Column('jsonb')
  payload: JobEnvelope;

  @Column({ type: 'text', nullable: true })
  key: string | null;

  @Column({ type: 'timestamptz', name: 'run_at', precision: 3, transformer: isoTimeTransformer })
  runAt: string;

  /** Maximum number of attempts. */
  @Column('integer')
  attempts: number;

  /** Time at which the job is published again unless it has completed. */
  @Column({
    type: 'timestamptz',
    name: 'publish_at',
    precision: 3,
    default: () => 'now()',
    transformer: isoTimeTransformer,
  })
  publishAt: string;
}
