import { Global, Module, type DynamicModule, type INestApplicationContext, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Redis } from 'ioredis';
import { Clock, SystemClock } from '../clock/clock.js';
import { dataSourceOptions, poolOf } from '../database/data-source.js';
import { Database } from '../database/database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { HandlerFinder } from '../events/subscriber-registry.js';
import type { JobsOptions } from './jobs-options.js';
import { JobsModule } from './jobs.module.js';

/** Backends of the jobs of a test process. */
export interface JobBackends {
  readonly databaseUrl: string;
  /** Null for the Postgres driver. */
  readonly redisUrl: string | null;
  readonly prefix: string;
}

/** Short intervals for tests. */
const FAST_OPTIONS: Partial<JobsOptions> = {
  pollMs: 50,
  firstRetryMs: 40,
  sweepMs: 200,
  lockMs: 600,
  drainMs: 1_000,
  republishAfterMs: 60_000,
};

@Global()
@Module({})
class JobTestingModule {
  static forRoot(url: string, processors: readonly Type[]): DynamicModule {
    const services = [Database, UnitOfWork, HandlerFinder];
    return {
      module: JobTestingModule,
      imports: [DiscoveryModule, TypeOrmModule.forRoot({ ...dataSourceOptions(url, 5), retryAttempts: 0 })],
      providers: [...services, { provide: Clock, useClass: SystemClock }, ...processors],
      exports: [...services, Clock, ...processors],
    };
  }
}

/** Starts the job-related part of a process. */
export async function startJobs(
  backends: JobBackends,
  processors: readonly Type[],
  options: Partial<JobsOptions> = {},
): Promise<INestApplicationContext> {
  const jobs = JobsModule.forRoot({
    settings: { redisUrl: backends.redisUrl, work: true },
    databaseUrl: backends.databaseUrl,
    jobs: { ...FAST_OPTIONS, redisPrefix: backends.prefix, ...options },
  });
  const root = { module: class Root {}, imports: [JobTestingModule.forRoot(backends.databaseUrl, processors), jobs] };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  poolOf(app.get(Database).dataSource).rowSecurity = true;
  return app;
}

/** Driver to test. Skipped if its backend is not available. */
export interface JobDriver {
  readonly name: string;
  readonly redisUrl: string | null;
  readonly skipped: boolean;
}

/** Returns both drivers. The Redis driver is skipped without a Redis URL. */
export function jobDrivers(redisUrl: string | undefined): JobDriver[] {
  return [
    { name: 'Postgres', redisUrl: null, skipped: false },
    {
      name: redisUrl ? 'Redis' : 'Redis (skipped: TEST_REDIS_URL is not set)',
      redisUrl: redisUrl ?? null,
      skipped: !redisUrl,
    },
  ];
}

/** Deletes the keys of a test in Redis. */
export async function deleteKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(keys);
  await redis.quit();
}
