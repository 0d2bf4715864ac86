import { defineJob } from './define-job.js';
import { ProcessJob, type JobRun } from './jobs.js';
import { startJobs, type JobBackends } from './job-testing.module.js';

/** Job whose process is killed while it runs. */
export const KillableJob = defineJob<{ readonly name: string; readonly hangingAttempts: number }>('testing.killable');

/** Reports the start of each attempt on stdout. */
export class KillableJobProcessor {
  @ProcessJob(KillableJob)
  async run({
    id,
    attempt,
    payload,
  }: JobRun<{ readonly name: string; readonly hangingAttempts: number }>): Promise<void> {
    process.stdout.write(`${JSON.stringify({ id, attempt, name: payload.name })}\n`);
    if (attempt <= payload.hangingAttempts) await new Promise(() => undefined);
  }
}

/** Runs jobs until the process is killed. */
export async function runKillableProcess(backends: JobBackends): Promise<void> {
  await startJobs(backends, [KillableJobProcessor]);
  process.stdout.write('ready\n');
}
