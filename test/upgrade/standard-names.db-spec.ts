import { readdir } from 'node:fs/promises';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrate } from '@parley/kernel/database';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';

const FIRST = 1763800510000;
const FOLDER = new URL('../../migrations/', import.meta.url);

/** Returns the migrations that introduce the names and all later ones, in order. */
async function loadMigrations(): Promise<(new () => MigrationInterface)[]> {
  const files = (await readdir(FOLDER)).filter((file) => Number(file.slice(0, 13)) >= FIRST);
  const modules = await Promise.all(
    files
      .sort()
      .map((file) => import(new URL(file, FOLDER).href) as Promise<Record<string, new () => MigrationInterface>>),
  );
  return modules.flatMap((module) => Object.values(module));
}

const OLD_SUBSCRIBERS = [
  'analytics.keep-audit',
  'identity.forget-identities-of-inbox',
  'identity.keep-segments',
  'identity.rename-company-of-contacts',
  'messaging.answer-on-message-created',
  'messaging.hand-on-on-user-deactivated',
  'messaging.release-on-inbox-deleted',
  'messaging.settle-notifications-on-conversation-read',
  'messaging.settle-notifications-on-message-deleted',
  'messaging.unassign-on-team-deleted',
  'workflow.register-tags',
];
const UNCHANGED_SUBSCRIBER = 'workflow.run-automations';
const TIME = '2026-01-15T12:00:00.000Z';
const ID = '01920000-0000-7000-8000-000000000001';

describe('upgrade to standard names', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runner: QueryRunner;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    runner = dataSource.createQueryRunner();
    for (const Migration of (await loadMigrations()).reverse()) {
      await new Migration().down(runner);
      await runner.query(`delete from parley_migrations where name = $1`, [Migration.name]);
    }
  });

  afterEach(async () => {
    await runner.release();
    await dataSource.destroy();
    await database.drop();
  });

  it('should keep the positions and dead letters of subscribers', async () => {
    for (const [index, id] of [...OLD_SUBSCRIBERS, UNCHANGED_SUBSCRIBER].entries()) {
      for (const lane of [0, 1])
        await runner.query(`insert into kernel.subscriptions (id, lane, position) values ($1, $2, $3)`, [
          id,
          lane,
          100 * index + lane,
        ]);
      await runner.query(
        `insert into kernel.dead_letters (id, workspace_id, kind, consumer, event_position, payload, error, attempts, parked_at)
         values (gen_random_uuid(), $1, 'event', $2, $3, '{}', 'failed', 5, $4)`,
        [ID, id, index, TIME],
      );
    }
    await migrate(database.url);
    const subscriptions: { id: string; lane: number; position: string }[] = await runner.query(
      `select id, lane, position from kernel.subscriptions order by position`,
    );
    const renamed = subscriptions.filter(({ lane }) => lane === 0).map(({ id }) => id);
    expect(subscriptions.map(({ position }) => Number(position))).toEqual(
      [...OLD_SUBSCRIBERS, UNCHANGED_SUBSCRIBER].flatMap((_id, index) => [100 * index, 100 * index + 1]),
    );
    expect(renamed).toHaveLength(OLD_SUBSCRIBERS.length + 1);
    expect(renamed.filter((id) => OLD_SUBSCRIBERS.includes(id))).toEqual([]);
    const letters: { consumer: string }[] = await runner.query(
      `select consumer from kernel.dead_letters order by event_position`,
    );
    expect(letters.map(({ consumer }) => consumer)).toEqual(renamed);
  });

  it('should keep pending jobs, timers and dead letters of jobs', async () => {
    const envelope = { id: ID, job: 'identity.keep-segment', payload: {}, key: 'a', maxAttempts: 5 };
    await runner.query(`select kernel.enqueue_job($1, $2, $3, 60, 5)`, [
      envelope.job,
      envelope,
      'identity.keep-segment:a',
    ]);
    await runner.query(
      `insert into kernel.job_outbox (id, job, payload, key, run_at, attempts, hand_over_at) values ($1, $2, $3, null, $4, 5, $4)`,
      [ID, 'messaging.change-conversations', { ...envelope, job: 'messaging.change-conversations' }, TIME],
    );
    await runner.query(
      `insert into kernel.timers (id, workspace_id, kind, key, payload, due_at) values ($1, $1, 'messaging.unsnooze', 'a', '{}', $2)`,
      [ID, TIME],
    );
    await runner.query(
      `insert into kernel.dead_letters (id, workspace_id, kind, consumer, payload, error, attempts, parked_at)
       values ($1, $1, 'job', 'identity.change-contacts', '{}', 'failed', 5, $2)`,
      [ID, TIME],
    );
    await migrate(database.url);
    expect(await runner.query(`select task_identifier, key from graphile_worker.jobs`)).toEqual([
      { task_identifier: 'identity.keep-segment', key: 'identity.keep-segment:a' },
    ]);
    expect(await runner.query(`select job, publish_at from kernel.job_outbox`)).toEqual([
      { job: 'messaging.change-conversations', publish_at: new Date(TIME) },
    ]);
    expect(await runner.query(`select kind, key from kernel.timers`)).toEqual([
      { kind: 'messaging.unsnooze', key: 'a' },
    ]);
    expect(await runner.query(`select consumer from kernel.dead_letters`)).toEqual([
      { consumer: 'identity.update-contacts' },
    ]);
  });

  it('should keep sign-in attempts, sessions and segments', async () => {
    await runner.query(`insert into teams.sign_in_tries (key, failures, failed_at) values ('a', 3, $1)`, [TIME]);
    await runner.query(
      `insert into teams.users (id, email, name, sessions_since) values ($1, 'a@example.com', 'Ann', $2)`,
      [ID, TIME],
    );
    await runner.query(
      `insert into identity.segments (id, workspace_id, name, filter, moves_with_time, created_at, updated_at)
       values ($1, $1, 'New', '{}', true, $2, $2)`,
      [ID, TIME],
    );
    await migrate(database.url);
    expect(await runner.query(`select key, failures from teams.sign_in_attempts`)).toEqual([{ key: 'a', failures: 3 }]);
    expect(await runner.query(`select sessions_valid_from from teams.users where id = $1`, [ID])).toEqual([
      { sessions_valid_from: new Date(TIME) },
    ]);
    expect(await runner.query(`select is_time_dependent from identity.segments`)).toEqual([
      { is_time_dependent: true },
    ]);
    expect(
      await runner.query(
        `select teams.find_or_create_user(gen_random_uuid(), 'A@example.com', 'Other', $1) as id, teams.has_other_workspaces($1, $1) as other`,
        [ID],
      ),
    ).toEqual([{ id: ID, other: false }]);
  });
});
