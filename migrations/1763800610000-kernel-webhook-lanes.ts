import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Aligns the lanes of the webhook subscriber, which is now partitioned by workspace. */
export class KernelWebhookLanes1763800610000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return this.alignLanes(runner);
  }

  down(runner: QueryRunner): Promise<void> {
    return this.alignLanes(runner);
  }

  /** An event belongs to another lane now, which must not have passed it. Repeated events create no deliveries. */
  private async alignLanes(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update kernel.subscriptions s set position = lowest.position
      from (select min(position) as position from kernel.subscriptions where id = 'channels.queue-webhook-deliveries') lowest
      where s.id = 'channels.queue-webhook-deliveries'`);
  }
}
