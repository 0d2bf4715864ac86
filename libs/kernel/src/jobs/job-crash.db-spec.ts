import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { KillableJob, KillableJobProcessor } from './job-crash.testing.js';
import { Jobs } from './jobs.js';
import { deleteKeys, jobDrivers, startJobs, type JobBackends } from './job-testing.module.js';

const BUILT = fileURLToPath(new URL('../../../../dist/libs/kernel/src/jobs/job-crash.testing.js', import.meta.url));
const LETTERS = statement('testing.crash-letters', `select consumer, error, attempts from kernel.dead_letters`);

interface StartedAttempt {
  readonly id: string;
  readonly attempt: number;
  readonly name: string;
}

interface Worker {
  readonly startedAttempts: StartedAttempt[];
  readonly child: ChildProcess;
}

for (const driver of jobDrivers(process.env.TEST_REDIS_URL)) {
  (driver.skipped ? describe.skip : describe)(`jobs of killed processes on ${driver.name}`, () => {
    let database: TestDatabase;
    let backends: JobBackends;
    let client: INestApplicationContext;
    let workers: Worker[] = [];

    beforeEach(async () => {
      database = await createTestDatabase();
      backends = { databaseUrl: database.url, redisUrl: driver.redisUrl, prefix: `{test-${newId()}}` };
      client = await startJobs(backends, [KillableJobProcessor], { work: false });
    });

    afterEach(async () => {
      for (const { child } of workers) await kill(child);
      workers = [];
      await client.close();
      if (driver.redisUrl) await deleteKeys(driver.redisUrl, backends.prefix);
      await database.drop();
    });

    async function startWorker(): Promise<Worker> {
      const script =
        `const { runKillableProcess } = await import(${JSON.stringify(BUILT)}); ` +
        `await runKillableProcess(${JSON.stringify(backends)});`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const startedAttempts: StartedAttempt[] = [];
      const ready = new Promise<void>((resolve, reject) => {
        child.once('exit', () => reject(new Error('the worker ended before it was ready')));
        createInterface(child.stdout!).on('line', (line) =>
          line === 'ready' ? resolve() : startedAttempts.push(JSON.parse(line) as StartedAttempt),
        );
      });
      const worker = { startedAttempts, child };
      workers.push(worker);
      await ready;
      return worker;
    }

    async function kill(child: ChildProcess): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }

    it('should run the job again in another process as the next attempt', async () => {
      const crashing = await startWorker();
      await client.get(Jobs).enqueue(KillableJob, { name: 'rescued', hangingAttempts: 1 });
      await eventually(() => crashing.startedAttempts.length === 1);
      const successor = await startWorker();
      await kill(crashing.child);
      await eventually(() => successor.startedAttempts.length === 1, { timeoutMs: 10_000 });
      expect(successor.startedAttempts).toEqual([{ id: crashing.startedAttempts[0]!.id, attempt: 2, name: 'rescued' }]);
    });

    it('should run jobs that were enqueued while no process was running', async () => {
      await kill((await startWorker()).child);
      for (let index = 0; index < 20; index++)
        await client.get(Jobs).enqueue(KillableJob, { name: String(index), hangingAttempts: 0 });
      const successor = await startWorker();
      await eventually(() => successor.startedAttempts.length === 20);
      expect(new Set(successor.startedAttempts.map(({ name }) => name)).size).toBe(20);
    });

    it('should park a job that crashes every process that runs it', async () => {
      await client.get(Jobs).enqueue(KillableJob, { name: 'deadly', hangingAttempts: 9 }, { attempts: 2 });
      for (const attempt of [1, 2]) {
        const crashing = await startWorker();
        await eventually(() => crashing.startedAttempts.length === 1, { timeoutMs: 10_000 });
        expect(crashing.startedAttempts[0]!.attempt).toBe(attempt);
        await kill(crashing.child);
      }
      const successor = await startWorker();
      const deadLetters = (): Promise<Record<string, unknown>[]> => client.get(Database).rows(LETTERS);
      await eventually(async () => (await deadLetters()).length === 1, { timeoutMs: 10_000 });
      expect(await deadLetters()).toEqual([
        {
          consumer: 'testing.killable',
          attempts: 2,
          error: expect.stringContaining('ended during attempt 2') as string,
        },
      ]);
      expect(successor.startedAttempts).toEqual([]);
    });
  });
}
