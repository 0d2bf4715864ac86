import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Renames the time at which a job is published again. */
export class KernelPublishTime1763800510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.job_outbox rename column hand_over_at to publish_at`);
    await runner.query(`alter index kernel.job_outbox_hand_over rename to job_outbox_publish_at`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter index kernel.job_outbox_publish_at rename to job_outbox_hand_over`);
    await runner.query(`alter table kernel.job_outbox rename column publish_at to hand_over_at`);
  }
}
