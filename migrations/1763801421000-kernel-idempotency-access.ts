import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the access of the caller with each response, which is not repeated after the access was reduced. */
export class KernelIdempotencyAccess1763801421000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.idempotency_keys add column access jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.idempotency_keys drop column access`);
  }
}
