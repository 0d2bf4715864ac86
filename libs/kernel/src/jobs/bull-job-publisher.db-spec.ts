import type { INestApplicationContext } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { defineJob } from './define-job.js';
import type { JobsOptions } from './jobs-options.js';
import { Jobs, ProcessJob, type JobRun } from './jobs.js';
import { deleteKeys, jobDrivers, startJobs } from './job-testing.module.js';
import { RedisProxy } from './redis-proxy.testing.js';

const NoteJob = defineJob<{ readonly name: string }>('testing.note');
const PENDING = statement(
  'testing.outbox',
  `select (select count(*)::int from kernel.job_outbox) as jobs, (select count(*)::int from kernel.job_keys) as keys`,
);

class NoteProcessor {
  readonly names: string[] = [];

  @ProcessJob(NoteJob)
  async process({ payload }: JobRun<{ readonly name: string }>): Promise<void> {
    this.names.push(payload.name);
  }
}

const redis = jobDrivers(process.env.TEST_REDIS_URL)[1]!;

(redis.skipped ? describe.skip : describe)(`job outbox on ${redis.name}`, () => {
  let database: TestDatabase;
  let proxy: RedisProxy;
  let prefix: string;
  let app: INestApplicationContext;

  beforeEach(async () => {
    database = await createTestDatabase();
    prefix = `{test-${newId()}}`;
    proxy = new RedisProxy(new URL(redis.redisUrl!));
    await proxy.open();
  });

  afterEach(async () => {
    await app.close();
    await proxy.disconnect().catch(() => undefined);
    await deleteKeys(redis.redisUrl!, prefix);
    await database.drop();
  });

  async function start(options: Partial<JobsOptions> = {}): Promise<void> {
    app = await startJobs({ databaseUrl: database.url, redisUrl: proxy.url, prefix }, [NoteProcessor], options);
  }

  function outbox(): Promise<unknown> {
    return app.get(Database).row(PENDING);
  }

  it('should be empty after all jobs have run, including replaced ones', async () => {
    await start();
    await app.get(Jobs).enqueue(NoteJob, { name: 'old' }, { key: 'a', delaySeconds: 0.3 });
    await app.get(Jobs).enqueue(NoteJob, { name: 'new' }, { key: 'a' });
    await app.get(Jobs).enqueue(NoteJob, { name: 'free' });
    await eventually(async () => expect(await outbox()).toEqual({ jobs: 0, keys: 0 }));
    expect([...app.get(NoteProcessor).names].sort()).toEqual(['free', 'new']);
  });

  it('should keep jobs while Redis is down without blocking enqueue, and publish them later', async () => {
    await start();
    await proxy.disconnect();
    for (const name of ['one', 'two']) await app.get(Jobs).enqueue(NoteJob, { name });
    expect(await outbox()).toEqual({ jobs: 2, keys: 0 });
    await proxy.open();
    await eventually(async () => expect(await outbox()).toEqual({ jobs: 0, keys: 0 }), { timeoutMs: 15_000 });
    expect([...app.get(NoteProcessor).names].sort()).toEqual(['one', 'two']);
  });

  it('should publish jobs again when Redis has lost them', async () => {
    await start({ republishAfterMs: 500 });
    await app.get(Jobs).enqueue(NoteJob, { name: 'lost' }, { delaySeconds: 0.5 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await deleteKeys(redis.redisUrl!, prefix);
    await eventually(() => app.get(NoteProcessor).names.length === 1, { timeoutMs: 10_000 });
    await eventually(async () => expect(await outbox()).toEqual({ jobs: 0, keys: 0 }));
  });

  it('should run a job once when it is published several times', async () => {
    await start({ republishAfterMs: 1, work: false });
    await app.get(Jobs).enqueue(NoteJob, { name: 'patient' });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await app.close();
    await start({ republishAfterMs: 1 });
    await eventually(async () => expect(await outbox()).toEqual({ jobs: 0, keys: 0 }));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(app.get(NoteProcessor).names).toEqual(['patient']);
  });
});
