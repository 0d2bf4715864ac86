import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { defineJob } from './define-job.js';
import { Jobs, ProcessJob, type JobRun } from './jobs.js';
import { deleteKeys, jobDrivers, startJobs } from './job-testing.module.js';
import { RedisProxy } from './redis-proxy.testing.js';

const QUEUES = 20;
const JOBS = Array.from({ length: QUEUES }, (_, index) => defineJob<object>(`testing.job-${index}`));

class Processors {
  readonly runs: string[] = [];
}

for (const [index, job] of JOBS.entries()) {
  const descriptor = {
    configurable: true,
    value(this: Processors, _run: JobRun<object>): Promise<void> {
      this.runs.push(job.name);
      return Promise.resolve();
    },
  };
  ProcessJob(job)(Processors.prototype, `run${index}`, descriptor);
  Object.defineProperty(Processors.prototype, `run${index}`, descriptor);
}

const redis = jobDrivers(process.env.TEST_REDIS_URL)[1]!;

(redis.skipped ? describe.skip : describe)(`connections to ${redis.name}`, () => {
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
    await proxy.disconnect().catch(() => undefined);
    await deleteKeys(redis.redisUrl!, prefix);
    await database.drop();
  });

  async function start(work: boolean): Promise<void> {
    app = await startJobs({ databaseUrl: database.url, redisUrl: proxy.url, prefix }, [Processors], { work });
  }

  async function startAndRunAll(): Promise<void> {
    await start(true);
    for (const job of JOBS) await app.get(Jobs).enqueue(job, {});
    await eventually(() => app.get(Processors).runs.length === QUEUES);
  }

  it('should be two for all queues and one for each queue that is processed', async () => {
    await startAndRunAll();
    expect(proxy.connections).toBe(2 + QUEUES);
    await app.close();
    await eventually(() => proxy.connections === 0);
  });

  it('should be one when the process only enqueues jobs', async () => {
    await start(false);
    for (const job of JOBS) await app.get(Jobs).enqueue(job, {});
    await sleep(300);
    expect(proxy.connections).toBe(1);
    await app.close();
    await eventually(() => proxy.connections === 0);
  });

  it('should be closed when Redis is down', async () => {
    await startAndRunAll();
    await proxy.disconnect();
    await app.close();
    await proxy.open();
    // Longer than the pauses before reconnecting.
    await sleep(3_000);
    expect(proxy.connections).toBe(0);
  });
});
