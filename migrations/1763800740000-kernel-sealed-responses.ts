import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets stored responses with secrets be encrypted. Those that are stored in plain text are deleted: their requests can
 * be repeated within a day only.
 */
export class KernelSealedResponses1763800740000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.idempotency_keys add column sealed boolean not null default false`);
    await runner.query(`
      delete from kernel.idempotency_keys
      where route ~ '^POST /v1/(api-keys|webhooks|auth|users)' and body ~ '"(key|secret|token|url|recovery_codes)":'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from kernel.idempotency_keys where sealed`);
    await runner.query(`alter table kernel.idempotency_keys drop column sealed`);
  }
}
