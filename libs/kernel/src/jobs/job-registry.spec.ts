import { Module, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { defineJob } from './define-job.js';
import { JobRegistry } from './job-registry.js';
import { DEFAULT_JOBS, JOBS_OPTIONS } from './jobs-options.js';
import { ProcessJob } from './jobs.js';
import { Periodic, PeriodicTask } from './periodic-task.js';

const RingJob = defineJob('testing.ring');
const CountJob = defineJob('testing.count', { attempts: 2 });

class Bell {
  @ProcessJob(RingJob, { concurrency: 3 })
  async ring(): Promise<void> {}
}

class SecondBell {
  @ProcessJob(RingJob)
  async ringToo(): Promise<void> {}
}

class Counter {
  @ProcessJob(CountJob)
  async count(): Promise<void> {}
}

class InvalidCounter {
  @ProcessJob(CountJob, { concurrency: 0 })
  async count(): Promise<void> {}
}

@Periodic({ job: 'testing.sweep', everySeconds: 60 })
class Sweeper extends PeriodicTask {
  async run(): Promise<void> {}
}

class SweeperWithoutSchedule extends PeriodicTask {
  async run(): Promise<void> {}
}

@Module({})
class Process {}

async function boot(providers: Type[], allowUnprocessed = false): Promise<JobRegistry> {
  const options = { provide: JOBS_OPTIONS, useValue: { ...DEFAULT_JOBS, allowUnprocessed } };
  const root = {
    module: Process,
    imports: [DiscoveryModule],
    providers: [...providers, options, HandlerFinder, JobRegistry],
  };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  return app.get(JobRegistry);
}

describe('JobRegistry', () => {
  it('should find the processor of each job', async () => {
    const processors = (await boot([Bell, Counter, Sweeper])).all();
    expect([...processors.values()].map(({ job, concurrency }) => [job, concurrency])).toEqual([
      ['testing.ring', 3],
      ['testing.count', 4],
      ['testing.sweep', 1],
    ]);
  });

  it('should fail when a job has no processor', async () => {
    await expect(boot([Bell, Sweeper])).rejects.toThrow('No processor for testing.count');
  });

  it('should fail and name both when a job has two processors', async () => {
    await expect(boot([Bell, SecondBell, Counter])).rejects.toThrow(
      'The job testing.ring has two processors: Bell.ring and SecondBell.ringToo',
    );
  });

  it('should fail when the concurrency of a job is zero', async () => {
    await expect(boot([Bell, InvalidCounter])).rejects.toThrow('concurrency must be at least 1, not 0');
  });

  it('should allow a job without a processor when allowUnprocessed is set', async () => {
    expect((await boot([Bell], true)).all().size).toBe(1);
  });

  it('should fail when a periodic task has no schedule', async () => {
    await expect(boot([Bell, Counter, Sweeper, SweeperWithoutSchedule])).rejects.toThrow(
      'SweeperWithoutSchedule has no schedule: decorate it with @Periodic',
    );
  });

  it('should reject duplicate and malformed job names', () => {
    expect(() => defineJob('testing.ring')).toThrow('Two jobs have the name testing.ring');
    expect(() => defineJob('testing.other', { aliases: ['testing.ring'] })).toThrow(
      'Two jobs have the name testing.ring',
    );
    for (const name of ['ring', 'Testing.ring', 'testing.', 'testing.ring.twice'])
      expect(() => defineJob(name)).toThrow('must have the form');
    for (const attempts of [0, 1.5, 1001]) expect(() => defineJob('testing.other', { attempts })).toThrow(RangeError);
  });
});
