import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import { currentContext } from '../context/request-context.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { defineJob } from './define-job.js';
import { Jobs, ProcessJob } from './jobs.js';
import type { JobsOptions } from './jobs-options.js';
import { deleteKeys, jobDrivers, startJobs } from './job-testing.module.js';
import { Periodic, PeriodicTask } from './periodic-task.js';

const HOUR_SECONDS = 3_600;

@Periodic({ job: 'testing.tidy', everySeconds: HOUR_SECONDS, attempts: 3 })
class TidyTask extends PeriodicTask {
  runs = 0;
  failures = 0;
  readonly scopes: (string | undefined)[] = [];

  run(): Promise<void> {
    this.runs += 1;
    this.scopes.push(currentContext()?.scope);
    return this.runs <= this.failures ? Promise.reject(new Error('it is locked')) : Promise.resolve();
  }
}

const BACKLOG = defineJob<object>('testing.backlog');

class BacklogProcessor {
  runs = 0;

  @ProcessJob(BACKLOG, { concurrency: 1 })
  async run(): Promise<void> {
    await sleep(20);
    this.runs += 1;
  }
}

const LIST = statement(
  'testing.job-schedules',
  `select job, every_seconds as "everySeconds", enqueued_at is not null as "isEnqueued",
     extract(epoch from due_at - clock_timestamp())::double precision as "dueInSeconds"
   from kernel.job_schedules order by job`,
);
const ADD = statement(
  'testing.add-job-schedule',
  `insert into kernel.job_schedules (job, every_seconds, due_at)
   values ($1, $2, clock_timestamp() + make_interval(secs => $3))
   on conflict (job) do update set due_at = excluded.due_at`,
);
const DEAD_LETTERS = statement(
  'testing.periodic-dead-letters',
  `select consumer, attempts, error from kernel.dead_letters`,
);

interface ScheduleRow extends Record<string, unknown> {
  readonly job: string;
  readonly everySeconds: number;
  readonly isEnqueued: boolean;
  readonly dueInSeconds: number;
}

for (const driver of jobDrivers(process.env.TEST_REDIS_URL)) {
  (driver.skipped ? describe.skip : describe)(`periodic jobs on ${driver.name}`, () => {
    let database: TestDatabase;
    let prefix: string;
    let client: INestApplicationContext;
    let apps: INestApplicationContext[] = [];

    beforeEach(async () => {
      database = await createTestDatabase();
      prefix = `{test-${newId()}}`;
      client = await start({ work: false });
    });

    afterEach(async () => {
      for (const app of apps) await app.close();
      apps = [];
      if (driver.redisUrl) await deleteKeys(driver.redisUrl, prefix);
      await database.drop();
    });

    async function start(options: Partial<JobsOptions> = {}): Promise<INestApplicationContext> {
      const backends = { databaseUrl: database.url, redisUrl: driver.redisUrl, prefix };
      const app = await startJobs(backends, [TidyTask, BacklogProcessor], options);
      apps.push(app);
      return app;
    }

    function listSchedules(): Promise<ScheduleRow[]> {
      return client.get(Database).rows<ScheduleRow>(LIST);
    }

    async function setDue(inSeconds: number, job = 'testing.tidy', everySeconds = HOUR_SECONDS): Promise<void> {
      await client.get(Database).execute(ADD, [job, everySeconds, inSeconds]);
    }

    const totalRuns = (): number => apps.reduce((sum, app) => sum + app.get(TidyTask).runs, 0);

    it('should run once per interval with several processes', async () => {
      await Promise.all([start(), start(), start()]);
      await eventually(async () => (await listSchedules()).length === 1);
      expect(totalRuns()).toBe(0);
      for (let interval = 1; interval <= 5; interval++) {
        await setDue(-1);
        await eventually(() => totalRuns() === interval);
        await sleep(300);
        expect(totalRuns()).toBe(interval);
      }
      expect(client.get(TidyTask).runs).toBe(0);
      expect(new Set(apps.flatMap((app) => app.get(TidyTask).scopes))).toEqual(new Set(['system']));
    });

    it('should run after the interval without a restart', async () => {
      await setDue(1);
      await start();
      await sleep(500);
      expect(totalRuns()).toBe(0);
      await eventually(() => totalRuns() === 1);
    });

    it('should catch up once and keep its times when several runs were missed', async () => {
      await setDue(-10.5 * HOUR_SECONDS);
      await Promise.all([start(), start()]);
      await eventually(() => totalRuns() === 1);
      await sleep(600);
      expect(totalRuns()).toBe(1);
      const [schedule] = await listSchedules();
      expect(schedule).toMatchObject({ job: 'testing.tidy', isEnqueued: true });
      expect(schedule!.dueInSeconds).toBeGreaterThan(0.4 * HOUR_SECONDS);
      expect(schedule!.dueInSeconds).toBeLessThanOrEqual(0.5 * HOUR_SECONDS);
    });

    it('should retry a failed run and park it after its attempts', async () => {
      const task = (await start()).get(TidyTask);
      task.failures = 2;
      await setDue(-1);
      await eventually(() => task.runs === 3);
      task.failures = Infinity;
      await setDue(-1);
      const deadLetters = (): Promise<Record<string, unknown>[]> => client.get(Database).rows(DEAD_LETTERS);
      await eventually(async () => (await deadLetters()).length === 1);
      expect(await deadLetters()).toEqual([
        { consumer: 'testing.tidy', attempts: 3, error: expect.stringContaining('it is locked') as string },
      ]);
      expect(task.runs).toBe(6);
    });

    it('should run before a backlog of other jobs', async () => {
      for (let index = 0; index < 200; index++) await client.get(Jobs).enqueue(BACKLOG, {});
      await setDue(-1);
      const busy = await start({ concurrency: 1 });
      await eventually(() => busy.get(TidyTask).runs === 1, { timeoutMs: 10_000 });
      expect(busy.get(BacklogProcessor).runs).toBeLessThan(200);
    });

    it('should replace a run that waits for its next attempt', async () => {
      const task = (await start({ firstRetryMs: 60_000 })).get(TidyTask);
      task.failures = 1;
      await setDue(-1);
      await eventually(() => task.runs === 1);
      await sleep(200);
      await setDue(-1);
      await eventually(() => task.runs === 2);
    });

    it('should apply a changed interval, and remove schedules that no process uses', async () => {
      await setDue(20 * HOUR_SECONDS, 'testing.tidy', 24 * HOUR_SECONDS);
      await setDue(-48 * HOUR_SECONDS, 'testing.abandoned');
      await setDue(-1, 'testing.of-other-version');
      await start();
      await eventually(async () => (await listSchedules()).length === 2);
      const [ofOther, tidy] = await listSchedules();
      expect(ofOther).toMatchObject({ job: 'testing.of-other-version', isEnqueued: false });
      expect(tidy).toMatchObject({ job: 'testing.tidy', everySeconds: HOUR_SECONDS });
      expect(tidy!.dueInSeconds).toBeLessThanOrEqual(HOUR_SECONDS);
      await setDue(-1);
      await eventually(() => totalRuns() === 1);
      if (driver.redisUrl) expect(await listRepeatKeys(driver.redisUrl, prefix)).toEqual([]);
    });

    it('should run at once in this process without a schedule', async () => {
      await client.get(TidyTask).runNow();
      expect(client.get(TidyTask).scopes).toEqual(['system']);
      client.get(TidyTask).failures = 2;
      await expect(client.get(TidyTask).runNow()).rejects.toThrow('it is locked');
    });
  });
}

describe('Periodic', () => {
  it('should reject an interval below a second', () => {
    expect(() => Periodic({ job: 'testing.hurried', everySeconds: 0.5 })).toThrow(RangeError);
  });
});

async function listRepeatKeys(redisUrl: string, prefix: string): Promise<string[]> {
  const redis = new Redis(redisUrl);
  try {
    return await redis.keys(`${prefix}:*:repeat*`);
  } finally {
    await redis.quit();
  }
}
