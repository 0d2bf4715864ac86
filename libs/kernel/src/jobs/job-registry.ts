import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { declaredJobs } from './define-job.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';
import { JOB_PROCESSOR, type JobProcessorMetadata, type JobRun } from './jobs.js';

/** Method that runs a job. */
export interface JobProcessor {
  readonly job: string;
  readonly concurrency: number;
  readonly process: (run: JobRun<object>) => Promise<void>;
}

const DEFAULT_CONCURRENCY = 4;

/** Processors of all jobs of the process. */
@Injectable()
export class JobRegistry implements OnApplicationBootstrap {
  private processors: ReadonlyMap<string, JobProcessor> | null = null;

  constructor(
    private readonly finder: HandlerFinder,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.all();
  }

  /**
   * Returns the processors by job. Discovered once.
   * @throws Error if a defined job has no processor, or two; the process must not start then.
   */
  all(): ReadonlyMap<string, JobProcessor> {
    this.processors ??= this.discover();
    return this.processors;
  }

  private discover(): ReadonlyMap<string, JobProcessor> {
    const locations = new Map<string, string>();
    const processors = new Map<string, JobProcessor>();
    for (const { metadata, handle, location } of this.finder.find<JobProcessorMetadata>(JOB_PROCESSOR)) {
      const { job, concurrency = DEFAULT_CONCURRENCY } = metadata;
      const other = locations.get(job);
      if (other) throw new Error(`The job ${job} has two processors: ${other} and ${location}`);
      if (!Number.isInteger(concurrency) || concurrency < 1)
        throw new Error(`${location}: concurrency must be at least 1, not ${concurrency}`);
      locations.set(job, location);
      processors.set(job, { job, concurrency, process: handle as JobProcessor['process'] });
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
}
