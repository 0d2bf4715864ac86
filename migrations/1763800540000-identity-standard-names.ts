import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Renames identifiers of segments and of the search to the terms of the code. */
export class IdentityStandardNames1763800540000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table identity.segments rename column moves_with_time to is_time_dependent`);
    await runner.query(`alter index identity.segments_moving rename to segments_time_dependent`);
    await runner.query(`alter function identity.folded(text) rename to fold_text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter function identity.fold_text(text) rename to folded`);
    await runner.query(`alter index identity.segments_time_dependent rename to segments_moving`);
    await runner.query(`alter table identity.segments rename column is_time_dependent to moves_with_time`);
  }
}
