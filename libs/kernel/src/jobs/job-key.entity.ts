import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Current job of a key. Earlier jobs with the key are not run. */
@Entity({ schema: 'kernel', name: 'job_keys' })
export class JobKeyEntity {
  @PrimaryColumn('text')
  key: string;

  @Column({ type: 'uuid', name: 'job_id' })
  jobId: string;
}
