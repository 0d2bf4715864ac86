import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { defineJob } from './define-job.js';
import type { JobsOptions } from './jobs-options.js';
import { Jobs, ProcessJob, type JobRun } from './jobs.js';
import { forgetKeys, jobDrivers, startJobs } from './job-testing.module.js';

const Note = defineJob<{ readonly name: string }>('testing.note');
const WAITING = statement(
  'testing.outbox',
  `select (select count(*)::int from kernel.job_outbox) as jobs, (select count(*)::int from kernel.job_keys) as keys`,
);

class Notes {
  readonly names: string[] = [];

  @ProcessJob(Note)
  async note({ payload }: JobRun<{ readonly name: string }>): Promise<void> {
    this.names.push(payload.name);
  }
}

/** Stands between a process and Redis, and can cut the line. */
class Line {
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  port = 0;

  constructor(private readonly target: URL) {}

  async open(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(Number(this.target.port || 6379), this.target.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => [near, far].forEach((end) => end.destroy()));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server!.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await closed;
  }
}

const redis = jobDrivers(process.env.TEST_REDIS_URL)[1]!;

(redis.skipped ? describe.skip : describe)(`the outbox of jobs on ${redis.name}`, () => {
  let database: TestDatabase;
  let line: Line;
  let prefix: string;
  let app: INestApplicationContext;

  beforeEach(async () => {
    database = await createTestDatabase();
    prefix = `{test-${newId()}}`;
    line = new Line(new URL(redis.redisUrl!));
    await line.open();
  });

  afterEach(async () => {
    await app.close();
    await line.cut().catch(() => undefined);
    await forgetKeys(redis.redisUrl!, prefix);
    await database.drop();
  });

  async function start(options: Partial<JobsOptions> = {}): Promise<void> {
    const redisUrl = new URL(redis.redisUrl!);
    redisUrl.host = `127.0.0.1:${line.port}`;
    app = await startJobs({ databaseUrl: database.url, redisUrl: redisUrl.href, prefix }, [Notes], options);
  }

  function outbox(): Promise<unknown> {
    return app.get(Database).row(WAITING);
  }

  it('should be empty once its jobs have run, replaced ones among them', async () => {
    await start();
    await app.get(Jobs).enqueue(Note, { name: 'old' }, { key: 'a', delaySeconds: 0.3 });
    await app.get(Jobs).enqueue(Note, { name: 'new' }, { key: 'a' });
    await app.get(Jobs).enqueue(Note, { name: 'free' });
    await eventually(async () => expect(await outbox()).toEqual({ jobs: 0, keys: 0 }));
    expect([...app.get(Notes).names].sort()).toEqual(['free', 'new']);
  });

  it('should keep jobs while Redis is away, without holding up who enqueues, and hand them over when it is back', async () => {
    await start();
    await line.cut();
    const from = Date.now();
    for (const name of ['one', 'two']) await app.get(Jobs).enqueue(Note, { name });
    expect(Date.now() - from).toBeLessThan(1_000);
    expect(await outbox()).toEqual({ jobs: 2, keys: 0 });
    await line.open();
    await eventually(async () => expect(await outbox()).toEqual({ jobs: 0, keys: 0 }), { timeoutMs: 15_000 });
    expect([...app.get(Notes).names].sort()).toEqual(['one', 'two']);
  });

  it('should hand over again what Redis has lost', async () => {
    await start({ lostMs: 500 });
    await app.get(Jobs).enqueue(Note, { name: 'lost' }, { delaySeconds: 0.5 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await forgetKeys(redis.redisUrl!, prefix);
    await eventually(() => app.get(Notes).names.length === 1, { timeoutMs: 10_000 });
    await eventually(async () => expect(await outbox()).toEqual({ jobs: 0, keys: 0 }));
  });

  it('should run once what is handed over again and again while it waits', async () => {
    await start({ lostMs: 1, work: false });
    await app.get(Jobs).enqueue(Note, { name: 'patient' });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await app.close();
    await start({ lostMs: 1 });
    await eventually(async () => expect(await outbox()).toEqual({ jobs: 0, keys: 0 }));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(app.get(Notes).names).toEqual(['patient']);
  });
});
