import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets API keys be updated, and rotated while the previous key stays valid for a time. */
export class TeamsApiKeyRotation1763700130000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table teams.api_keys
        add column previous_key_hash text,
        add column previous_until timestamptz(3),
        add column version int not null default 1,
        add column updated_at timestamptz(3) not null default now(),
        add check ((previous_key_hash is null) = (previous_until is null))`);
    await runner.query(`update teams.api_keys set updated_at = coalesce(revoked_at, created_at)`);
    await runner.query(`create unique index api_keys_previous on teams.api_keys (previous_key_hash)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index teams.api_keys_previous`);
    await runner.query(
      `alter table teams.api_keys drop column previous_key_hash, drop column previous_until, drop column version, drop column updated_at`,
    );
  }
}
