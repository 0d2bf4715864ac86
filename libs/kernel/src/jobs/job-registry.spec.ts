import { Module, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { defineJob } from './define-job.js';
import { JobRegistry } from './job-registry.js';
import { DEFAULT_JOBS, JOBS_OPTIONS } from './jobs-options.js';
import { ProcessJob } from './jobs.js';

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

describe('the boot of a process with jobs', () => {
  it('should find the one processor of each job', async () => {
    const processors = (await boot([Bell, Counter])).all();
    expect([...processors.values()].map(({ job, concurrency }) => [job, concurrency])).toEqual([
      ['testing.ring', 3],
      ['testing.count', 4],
    ]);
  });

  it('should fail when a job has no processor', async () => {
    await expect(boot([Bell])).rejects.toThrow('No processor for testing.count');
  });

  it('should fail when a job has two processors, and name both', async () => {
    await expect(boot([Bell, SecondBell, Counter])).rejects.toThrow(
      'The job testing.ring has two processors: Bell.ring and SecondBell.ringToo',
    );
  });

  it('should fail when a job may never run', async () => {
    await expect(boot([Bell, InvalidCounter])).rejects.toThrow('a job cannot run 0 times at once');
  });

  it('should bear a job without a processor in a test of one module', async () => {
    expect((await boot([Bell], true)).all().size).toBe(1);
  });

  it('should not let two jobs have one name, or a name that says no domain', () => {
    expect(() => defineJob('testing.ring')).toThrow('Two jobs are called testing.ring');
    for (const name of ['ring', 'Testing.ring', 'testing.', 'testing.ring.twice'])
      expect(() => defineJob(name)).toThrow('does not read');
    for (const attempts of [0, 1.5, 1001]) expect(() => defineJob('testing.other', { attempts })).toThrow(RangeError);
  });
});
