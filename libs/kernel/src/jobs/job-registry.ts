import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { declaredJobs, findJob } from './define-job.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';
import { JOB_PROCESSOR, type JobProcessorMetadata, type JobRun } from './jobs.js';
import { periodicJobOf, PeriodicTask } from './periodic-task.js';

/** Method that runs a job. */
export interface JobProcessor {
  readonly job: string;
  readonly concurrency: number;
  readonly process: (run: JobRun<object>) => Promise<void>;
}

/** Processor of a job with the place of its declaration. */
interface FoundProcessor {
  readonly metadata: JobProcessorMetadata;
  readonly handle: (...args: any[]) => unknown;
  readonly location: string;
}

const DEFAULT_CONCURRENCY = 4;

/** Processors of all jobs of the process. */
@Injectable()
export class JobRegistry implements OnApplicationBootstrap {
  private processors: ReadonlyMap<string, JobProcessor> | null = null;

  constructor(
    private readonly finder: HandlerFinder,
    private readonly discovery: DiscoveryService,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.all();
  }

  /**
   * Returns the processors by job name and alias. Discovered once.
   * @throws Error if a defined job has no processor, or two; the process must not start then.
   */
  all(): ReadonlyMap<string, JobProcessor> {
    this.processors ??= this.discover();
    return this.processors;
  }

  private discover(): ReadonlyMap<string, JobProcessor> {
    const locations = new Map<string, string>();
    const processors = new Map<string, JobProcessor>();
    const found = [...this.finder.find<JobProcessorMetadata>(JOB_PROCESSOR), ...this.findPeriodicTasks()];
    for (const { metadata, handle, location } of found) {
      const { job, concurrency = DEFAULT_CONCURRENCY } = metadata;
      const other = locations.get(job);
      if (other) throw new Error(`The job ${job} has two processors: ${other} and ${location}`);
      if (!Number.isInteger(concurrency) || concurrency < 1)
        throw new Error(`${location}: concurrency must be at least 1, not ${concurrency}`);
      locations.set(job, location);
      const process = handle as JobProcessor['process'];
      for (const name of [job, ...(findJob(job)?.aliases ?? [])])
        processors.set(name, { job: name, concurrency, process });
    }
    const unprocessed = declaredJobs()
      .map(({ name }) => name)
      .filter((name) => !processors.has(name));
    if (unprocessed.length > 0 && !this.options.allowUnprocessed) {
      throw new Error(
        `No processor for ${unprocessed.join(', ')}: decorate a provider's method with @ProcessJob, and import ` +
          'its module',
      );
    }
    return processors;
  }

  private findPeriodicTasks(): FoundProcessor[] {
    return this.discovery.getProviders().flatMap(({ instance, name }) => {
      const task: unknown = instance;
      if (!(task instanceof PeriodicTask)) return [];
      const job = periodicJobOf(task.constructor);
      if (!job) throw new Error(`${String(name)} has no schedule: decorate it with @Periodic`);
      return [
        { metadata: { job: job.name, concurrency: 1 }, handle: () => task.run(), location: `${String(name)}.run` },
      ];
    });
  }
}
