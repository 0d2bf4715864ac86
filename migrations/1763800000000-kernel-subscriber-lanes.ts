import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gives every subscriber several positions in the event log, one per lane. */
export class KernelSubscriberLanes1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.subscriptions add column lane smallint not null default 0`);
    await runner.query(
      `alter table kernel.subscriptions drop constraint subscriptions_pkey, add primary key (id, lane)`,
    );
    await runner.query(`alter table kernel.subscriptions alter column lane drop default`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `delete from kernel.subscriptions s where exists (select from kernel.subscriptions o where o.id = s.id and (o.position, o.lane) < (s.position, s.lane))`,
    );
    await runner.query(`alter table kernel.subscriptions drop constraint subscriptions_pkey, add primary key (id)`);
    await runner.query(`alter table kernel.subscriptions drop column lane`);
  }
}
