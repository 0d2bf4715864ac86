import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables, and the old and new beginning of the names of their not-null constraints. */
const CONSTRAINTS: readonly (readonly [table: string, from: string, to: string])[] = [
  ['kernel.job_outbox', 'job_outbox_hand_over_at', 'job_outbox_publish_at'],
  ['kernel.job_outbox', 'job_outbox_created_at', 'job_outbox_publish_at'],
  ['teams.sign_in_attempts', 'sign_in_tries', 'sign_in_attempts'],
  ['teams.sessions', 'sessions_proved_at', 'sessions_authenticated_at'],
  ['teams.users', 'users_sessions_since', 'users_sessions_valid_from'],
  ['identity.segments', 'segments_moves_with_time', 'segments_is_time_dependent'],
];

/**
 * Renames the not-null constraints of renamed tables and columns. Postgres 18 names them after both and does not rename
 * them; earlier versions have none.
 */
export class KernelConstraintNames1763800560000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, from, to] of CONSTRAINTS) await rename(runner, table, from, to);
  }

  async down(): Promise<void> {
    // The names have no effect, and another upgrade accepts both.
  }
}

async function rename(runner: QueryRunner, table: string, from: string, to: string): Promise<void> {
  const constraints: { name: string }[] = await runner.query(
    `select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'n' and starts_with(conname, $2)`,
    [table, `${from}_`],
  );
  for (const { name } of constraints)
    await runner.query(`alter table ${table} rename constraint ${name} to ${to}${name.slice(from.length)}`);
}
