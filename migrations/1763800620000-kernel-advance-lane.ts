import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the function that moves a lane of a subscriber. */
export class KernelAdvanceLane1763800620000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // It fails instead of returning a result, so that it can be sent together with the commit, which then fails too.
    await runner.query(`
      create function kernel.advance_lane(subscriber text, lane_number smallint, source bigint, target bigint)
      returns void language plpgsql volatile as $$
      begin
        update kernel.subscriptions set position = target, updated_at = now()
          where id = subscriber and lane = lane_number and position = source;
        if not found then
          raise exception 'another process moved lane % of the subscriber %', lane_number, subscriber
            using errcode = 'PL001';
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function kernel.advance_lane`);
  }
}
