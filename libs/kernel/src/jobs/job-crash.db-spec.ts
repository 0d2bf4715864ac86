import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { Mortal, MortalProcessor } from './job-crash.testing.js';
import { Jobs } from './jobs.js';
import { forgetKeys, jobDrivers, startJobs, type JobPlaces } from './job-testing.module.js';

const BUILT = fileURLToPath(new URL('../../../../dist/libs/kernel/src/jobs/job-crash.testing.js', import.meta.url));
const LETTERS = statement('testing.crash-letters', `select consumer, error, attempts from kernel.dead_letters`);

interface Begun {
  readonly id: string;
  readonly attempt: number;
  readonly name: string;
}

interface Worker {
  readonly begun: Begun[];
  readonly child: ChildProcess;
}

for (const driver of jobDrivers(process.env.TEST_REDIS_URL)) {
  (driver.skipped ? describe.skip : describe)(`jobs of killed processes on ${driver.name}`, () => {
    let database: TestDatabase;
    let places: JobPlaces;
    let client: INestApplicationContext;
    let workers: Worker[] = [];

    beforeEach(async () => {
      database = await createTestDatabase();
      places = { databaseUrl: database.url, redisUrl: driver.redisUrl, prefix: `{test-${newId()}}` };
      client = await startJobs(places, [MortalProcessor], { work: false });
    });

    afterEach(async () => {
      for (const { child } of workers) await kill(child);
      workers = [];
      await client.close();
      if (driver.redisUrl) await forgetKeys(driver.redisUrl, places.prefix);
      await database.drop();
    });

    async function startWorker(): Promise<Worker> {
      const script = `const { runMortalProcess } = await import(${JSON.stringify(BUILT)}); await runMortalProcess(${JSON.stringify(places)});`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const begun: Begun[] = [];
      const ready = new Promise<void>((resolve, reject) => {
        child.once('exit', () => reject(new Error('the worker ended before it was ready')));
        createInterface(child.stdout!).on('line', (line) =>
          line === 'ready' ? resolve() : begun.push(JSON.parse(line) as Begun),
        );
      });
      const worker = { begun, child };
      workers.push(worker);
      await ready;
      return worker;
    }

    async function kill(child: ChildProcess): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }

    it('should run the job again in another process, as a further attempt', async () => {
      const doomed = await startWorker();
      await client.get(Jobs).enqueue(Mortal, { name: 'rescued', hangs: 1 });
      await eventually(() => doomed.begun.length === 1);
      const heir = await startWorker();
      await kill(doomed.child);
      await eventually(() => heir.begun.length === 1, { timeoutMs: 10_000 });
      expect(heir.begun).toEqual([{ id: doomed.begun[0]!.id, attempt: 2, name: 'rescued' }]);
    });

    it('should run what was enqueued while nobody worked', async () => {
      await kill((await startWorker()).child);
      for (let index = 0; index < 20; index++)
        await client.get(Jobs).enqueue(Mortal, { name: String(index), hangs: 0 });
      const heir = await startWorker();
      await eventually(() => heir.begun.length === 20);
      expect(new Set(heir.begun.map(({ name }) => name)).size).toBe(20);
    });

    it('should give up a job that takes down every process that runs it', async () => {
      await client.get(Jobs).enqueue(Mortal, { name: 'deadly', hangs: 9 }, { attempts: 2 });
      for (const attempt of [1, 2]) {
        const doomed = await startWorker();
        await eventually(() => doomed.begun.length === 1, { timeoutMs: 10_000 });
        expect(doomed.begun[0]!.attempt).toBe(attempt);
        await kill(doomed.child);
      }
      const heir = await startWorker();
      const letters = (): Promise<Record<string, unknown>[]> => client.get(Database).rows(LETTERS);
      await eventually(async () => (await letters()).length === 1, { timeoutMs: 10_000 });
      expect(await letters()).toEqual([
        { consumer: 'testing.mortal', attempts: 2, error: expect.stringContaining('ended during attempt 2') as string },
      ]);
      expect(heir.begun).toEqual([]);
    });
  });
}
