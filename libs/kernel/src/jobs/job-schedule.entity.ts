import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isoTimeTransformer } from '../database/column-types.js';

/** Schedule of a periodic job. */
@Entity({ schema: 'kernel', name: 'job_schedules' })
export class JobScheduleEntity {
  @PrimaryColumn('text')
  job: string;

  @Column({ type: 'double precision', name: 'every_seconds' })
  everySeconds: number;

  /** Time at which the next run is enqueued. */
  @Column({ type: 'timestamptz', name: 'due_at', precision: 3, transformer: isoTimeTransformer })
  dueAt: string;

  /** Time at which the last run was enqueued. */
  @Column({ type: 'timestamptz', name: 'enqueued_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  enqueuedAt: string | null;
}
