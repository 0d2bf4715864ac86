import { EventEmitter } from 'node:events';
import type { Logger } from '@nestjs/common';
import { run, type Job, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import { graphileLogger } from './graphile-logger.js';

/** Options of a set of workers. */
export interface GraphileRunnerOptions {
  readonly pool: pg.Pool;
  readonly tasks: TaskList;
  readonly concurrency: number;
  readonly pollMs: number;
  readonly logger: Logger;
  /** Returns the jobs that must not be started now. */
  readonly saturatedJobs: () => string[];
  /** Awaited before a worker takes its first job. */
  readonly onWorker: (workerId: string) => Promise<void>;
  /** Called after an attempt failed and the library released the job. */
  readonly onFailed: (job: Job, error: unknown) => void;
  /** Called if a worker has ended unexpectedly; its job is still locked. */
  readonly onBroken: (error: unknown) => void;
}

/**
 * One generation of workers in this process. The library does not replace workers that end, so a new generation is
 * started.
 */
export class GraphileRunner {
  /** IDs of all workers of this generation. */
  readonly workerIds: string[] = [];

  private constructor(private runner: Runner | null = null) {}

  /** Starts the workers. */
  static async start(options: GraphileRunnerOptions): Promise<GraphileRunner> {
    const instance = new GraphileRunner();
    const events = new EventEmitter() as WorkerEvents;
    events.on('worker:fatalError', ({ error }) => options.onBroken(error));
    events.on('job:complete', ({ job, error }) => {
      if (error) options.onFailed(job, error);
    });
    const runner = await run(
      {
        pgPool: options.pool,
        taskList: options.tasks,
        concurrency: options.concurrency,
        pollInterval: options.pollMs,
        noHandleSignals: true,
        forbiddenFlags: options.saturatedJobs,
        events,
        logger: graphileLogger(options.logger),
        preset: {
          plugins: [
            {
              name: 'parley-worker-locks',
              version: '1.0.0',
              worker: {
                hooks: {
                  startWorker: async (_context, { worker }) => {
                    instance.workerIds.push(worker.workerId);
                    await options.onWorker(worker.workerId);
                  },
                },
              },
            },
          ],
        },
      },
      undefined,
      [],
    );
    runner.promise.catch((error: unknown) => options.onBroken(error));
    instance.runner = runner;
    return instance;
  }

  /** Stops taking jobs; resolves when the running ones have ended. */
  async stop(): Promise<void> {
    const { runner } = this;
    this.runner = null;
    await runner?.stop();
  }
}
