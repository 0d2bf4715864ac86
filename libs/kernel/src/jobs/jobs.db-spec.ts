import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { Queue } from 'bull';
import { currentContext, runInContext, systemContext } from '../context/request-context.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { BullConnections } from './bull-connections.js';
import { BULL_QUEUES } from './bull-queues.js';
import { defineJob } from './define-job.js';
import type { JobsOptions } from './jobs-options.js';
import { Jobs, ProcessJob, type JobRun } from './jobs.js';
import { deleteKeys, jobDrivers, startJobs } from './job-testing.module.js';
import { PostgresJobRunner } from './postgres-job-runner.service.js';

interface WorkPayload {
  readonly name: string;
  readonly failures?: number;
  readonly workspaceId?: string;
}

const DoJob = defineJob<WorkPayload>('testing.do', { aliases: ['testing.earlier-do'] });
const HangJob = defineJob<WorkPayload>('testing.hang');
const LETTERS = statement(
  'testing.job-letters',
  `select id, workspace_id as "workspaceId", kind, consumer, payload, error, attempts, redriven_at as "redrivenAt"
     from kernel.dead_letters`,
);

class Processors {
  readonly runs: (JobRun<WorkPayload> & { at: number })[] = [];
  readonly scopes: (string | undefined)[] = [];
  private readonly releases: (() => void)[] = [];
  hanging = true;

  @ProcessJob(DoJob, { concurrency: 2 })
  async do(run: JobRun<WorkPayload>): Promise<void> {
    this.runs.push({ ...run, at: Date.now() });
    this.scopes.push(currentContext()?.scope);
    if (run.attempt <= (run.payload.failures ?? 0)) throw new Error(`no luck with ${run.payload.name}`);
  }

  @ProcessJob(HangJob)
  async hang(run: JobRun<WorkPayload>): Promise<void> {
    this.runs.push({ ...run, at: Date.now() });
    if (this.hanging) await new Promise<void>((resolve) => this.releases.push(resolve));
    if (run.attempt <= (run.payload.failures ?? 0)) throw new Error('it ended badly');
  }

  release(): void {
    for (const resolve of this.releases.splice(0)) resolve();
  }
}

interface Process {
  readonly app: INestApplicationContext;
  readonly jobs: Jobs;
  readonly work: UnitOfWork;
  readonly processors: Processors;
  /** Simulates a crash: no more locks, no more connections, and running handlers never report back. */
  crash(): Promise<void>;
}

for (const driver of jobDrivers(process.env.TEST_REDIS_URL)) {
  (driver.skipped ? describe.skip : describe)(`jobs on ${driver.name}`, () => {
    let database: TestDatabase;
    let processes: Process[] = [];
    let prefix: string;

    async function start(options: Partial<JobsOptions> = {}): Promise<Process> {
      const app = await startJobs(
        { databaseUrl: database.url, redisUrl: driver.redisUrl, prefix },
        [Processors],
        options,
      );
      const started: Process = {
        app,
        jobs: app.get(Jobs),
        work: app.get(UnitOfWork),
        processors: app.get(Processors),
        crash: () => (driver.redisUrl ? crashBull(app) : crashPostgres(app)),
      };
      processes.push(started);
      return started;
    }

    function deadLetters(process: Process): Promise<(DeadLetter & Record<string, unknown>)[]> {
      return process.app.get(Database).rows<DeadLetter & Record<string, unknown>>(LETTERS);
    }

    beforeEach(async () => {
      database = await createTestDatabase();
      prefix = `{test-${newId()}}`;
    });

    afterEach(async () => {
      for (const { processors, app } of processes) {
        processors.release();
        await app.close();
      }
      processes = [];
      if (driver.redisUrl) await deleteKeys(driver.redisUrl, prefix);
      await database.drop();
    });

    it('should not run a job whose unit of work was rolled back', async () => {
      const { jobs, work, processors } = await start();
      await expect(
        work.run(async () => {
          await jobs.enqueue(DoJob, { name: 'never' });
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      await work.run(() => jobs.enqueue(DoJob, { name: 'after' }));
      await eventually(() => processors.runs.length === 1);
      await sleep(500);
      expect(processors.runs.map(({ payload }) => payload.name)).toEqual(['after']);
    });

    it('should not run a job before its commit', async () => {
      const { jobs, work, processors } = await start();
      await work.run(async () => {
        await jobs.enqueue(DoJob, { name: 'one' });
        await sleep(300);
        expect(processors.runs).toEqual([]);
      });
      await eventually(() => processors.runs.length === 1);
      expect(processors.scopes).toEqual(['system']);
    });

    it('should run a job with the scope of the workspace that enqueued it', async () => {
      const { jobs, work, processors } = await start();
      const workspaceId = newId();
      await runInContext(systemContext('request', null, workspaceId), () =>
        work.run(() => jobs.enqueue(DoJob, { name: 'scoped' }, { key: 'k' })),
      );
      await eventually(() => processors.runs.length === 1);
      expect(processors.scopes).toEqual([workspaceId]);
    });

    it('should retry with increasing attempts under one ID until it succeeds', async () => {
      const { jobs, processors, ...process } = await start();
      await jobs.enqueue(DoJob, { name: 'third time', failures: 2 });
      await eventually(() => processors.runs.length === 3);
      await sleep(300);
      expect(processors.runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
      expect(new Set(processors.runs.map(({ id }) => id)).size).toBe(1);
      expect(await deadLetters({ processors, jobs, ...process })).toEqual([]);
    });

    it('should park a job without attempts left and redrive it', async () => {
      const process = await start();
      const workspaceId = newId();
      await process.jobs.enqueue(DoJob, { name: 'hopeless', failures: 2, workspaceId }, { attempts: 2, key: 'same' });
      const [deadLetter] = await eventually(
        async () => (await deadLetters(process)).length === 1 && deadLetters(process),
      );
      expect(deadLetter).toMatchObject({
        id: process.processors.runs[0]!.id,
        kind: 'job',
        consumer: 'testing.do',
        workspaceId,
        attempts: 2,
      });
      expect(deadLetter!.error).toContain('no luck with hopeless');
      expect(deadLetter!.payload.payload).toEqual({ name: 'hopeless', failures: 2, workspaceId });
      expect(process.processors.runs).toHaveLength(2);

      await process.work.run(() => process.jobs.redrive(deadLetter!));
      await eventually(() => process.processors.runs.length === 4);
      expect(process.processors.runs.map(({ attempt }) => attempt)).toEqual([1, 2, 1, 2]);
      await eventually(async () => (await deadLetters(process)).length === 2);
      await expect(process.jobs.redrive({ ...deadLetter!, consumer: 'testing.gone' })).rejects.toMatchObject({
        code: 'UNPROCESSABLE',
      });
    });

    it('should run and redrive a job that was enqueued under an earlier name', async () => {
      const process = await start();
      const earlier = { ...DoJob, name: 'testing.earlier-do', attempts: 1 };
      await process.jobs.enqueue(earlier, { name: 'renamed', failures: 1 }, { key: 'a' });
      const [deadLetter] = await eventually(
        async () => (await deadLetters(process)).length === 1 && deadLetters(process),
      );
      expect(deadLetter).toMatchObject({ consumer: 'testing.earlier-do', payload: { payload: { name: 'renamed' } } });
      await process.jobs.redrive({ ...deadLetter!, payload: { payload: { name: 'redriven' } } });
      await eventually(() => process.processors.runs.length === 2);
      expect(process.processors.runs.map(({ payload }) => payload.name)).toEqual(['renamed', 'redriven']);
    });

    it('should replace a waiting job with the same key', async () => {
      const { jobs, processors } = await start();
      for (const name of ['first', 'second', 'third'])
        await jobs.enqueue(DoJob, { name }, { key: 'a', delaySeconds: 0.6 });
      await jobs.enqueue(DoJob, { name: 'other' }, { key: 'b' });
      await jobs.enqueue(HangJob, { name: 'other job' }, { key: 'a' });
      await eventually(() => processors.runs.length >= 3);
      await sleep(1_000);
      expect(processors.runs.map(({ payload }) => payload.name).sort()).toEqual(['other', 'other job', 'third']);
    });

    it('should not run a replaced job after its replacement', async () => {
      const { jobs, processors } = await start();
      await jobs.enqueue(DoJob, { name: 'late' }, { key: 'a', delaySeconds: 0.8 });
      await jobs.enqueue(DoJob, { name: 'soon' }, { key: 'a' });
      await sleep(1_500);
      expect(processors.runs.map(({ payload }) => payload.name)).toEqual(['soon']);
    });

    it('should run a job beside a running one with its key, and not retry the running one', async () => {
      const process = await start();
      const { jobs, processors } = process;
      await jobs.enqueue(HangJob, { name: 'old', failures: 9 }, { key: 'a' });
      await eventually(() => processors.runs.length === 1);
      processors.hanging = false;
      await jobs.enqueue(HangJob, { name: 'new' }, { key: 'a' });
      await eventually(() => processors.runs.length === 2);
      processors.release();
      await sleep(800);
      expect(processors.runs.map(({ payload }) => payload.name)).toEqual(['old', 'new']);
      expect(await deadLetters(process)).toEqual([]);
    });

    it('should not lose a key when enqueueing and running overlap', async () => {
      const { jobs, processors } = await start();
      for (let round = 0; round < 150; round++) {
        const name = String(round);
        await jobs.enqueue(DoJob, { name }, { key: 'busy' });
      }
      // The last two can run at the same time, so the last one is not necessarily seen last.
      await eventually(() => processors.runs.some(({ payload }) => payload.name === '149'));
    });

    it('should wait for the delay', async () => {
      const { jobs, processors } = await start();
      const from = Date.now();
      await jobs.enqueue(DoJob, { name: 'later' }, { delaySeconds: 0.7 });
      await eventually(() => processors.runs.length === 1);
      expect(processors.runs[0]!.at - from).toBeGreaterThanOrEqual(690);
    });

    it('should run each job once with two processes', async () => {
      const item = await start();
      const other = await start();
      await item.work.run(async () => {
        for (let index = 0; index < 100; index++) await item.jobs.enqueue(DoJob, { name: String(index) });
      });
      const names = (): string[] =>
        [...item.processors.runs, ...other.processors.runs].map(({ payload }) => payload.name);
      await eventually(() => names().length >= 100);
      await sleep(300);
      expect(names()).toHaveLength(100);
      expect(new Set(names()).size).toBe(100);
      expect(item.processors.runs.length).toBeGreaterThan(0);
      expect(other.processors.runs.length).toBeGreaterThan(0);
    });

    it('should respect the concurrency limit of a job', async () => {
      const { jobs, processors } = await start();
      for (let index = 0; index < 6; index++) await jobs.enqueue(HangJob, { name: String(index) });
      await jobs.enqueue(DoJob, { name: 'unhindered' });
      await eventually(() => processors.runs.length === 5);
      await sleep(300);
      expect(processors.runs.map(({ payload }) => payload.name).filter((name) => name !== 'unhindered')).toHaveLength(
        4,
      );
    });

    it('should run the job of a killed process again as the next attempt', async () => {
      const crashing = await start();
      await crashing.jobs.enqueue(HangJob, { name: 'rescued' });
      await eventually(() => crashing.processors.runs.length === 1);
      await crashing.crash();
      const successor = await start();
      successor.processors.hanging = false;
      await eventually(() => successor.processors.runs.length === 1, { timeoutMs: 10_000 });
      expect(successor.processors.runs[0]).toMatchObject({
        id: crashing.processors.runs[0]!.id,
        attempt: 2,
        payload: { name: 'rescued' },
      });
      await sleep(500);
      expect(successor.processors.runs).toHaveLength(1);
    });

    it('should park a job that crashes its process in its last attempt', async () => {
      const crashing = await start();
      await crashing.jobs.enqueue(HangJob, { name: 'deadly' }, { attempts: 1 });
      await eventually(() => crashing.processors.runs.length === 1);
      await crashing.crash();
      const successor = await start();
      const [deadLetter] = await eventually(
        async () => (await deadLetters(successor)).length > 0 && deadLetters(successor),
        {
          timeoutMs: 10_000,
        },
      );
      expect(deadLetter).toMatchObject({ consumer: 'testing.hang', attempts: 1 });
      expect(deadLetter!.error).toMatch(/ended during attempt 1|stalled/);
      expect(successor.processors.runs).toEqual([]);
    });

    it('should not take a running job away from a live process', async () => {
      const item = await start();
      await item.jobs.enqueue(HangJob, { name: 'slow' });
      await eventually(() => item.processors.runs.length === 1);
      const other = await start();
      await sleep(2_000);
      expect(other.processors.runs).toEqual([]);
    });

    it('should finish running jobs before it stops', async () => {
      const { app, jobs, processors } = await start();
      await jobs.enqueue(HangJob, { name: 'last' });
      await eventually(() => processors.runs.length === 1);
      let stopped = false;
      const closed = app.close().then(() => (stopped = true));
      await sleep(200);
      expect(stopped).toBe(false);
      processors.release();
      await closed;
      const next = await start();
      await sleep(1_500);
      expect(next.processors.runs).toEqual([]);
    });

    it('should leave jobs to other processes when work is false', async () => {
      const idle = await start({ work: false });
      await idle.jobs.enqueue(DoJob, { name: 'for others' });
      await sleep(400);
      expect(idle.processors.runs).toEqual([]);
      const busy = await start();
      await eventually(() => busy.processors.runs.length === 1);
    });
  });
}

async function crashPostgres(app: INestApplicationContext): Promise<void> {
  const worker = app.get(PostgresJobRunner) as unknown as {
    stopped: boolean;
    timer: NodeJS.Timeout;
    locks: { close(): Promise<void> };
    runner: { stop(): Promise<void> };
  };
  worker.stopped = true;
  clearTimeout(worker.timer);
  void worker.runner.stop();
  await worker.locks.close();
}

async function crashBull(app: INestApplicationContext): Promise<void> {
  for (const queue of app.get<Map<string, Queue>>(BULL_QUEUES).values()) {
    await queue.close(true);
    // Pausing would reopen the connections of a closed queue.
    queue.pause = () => Promise.resolve();
  }
  await app.get(BullConnections).close();
}
