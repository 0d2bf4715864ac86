import { defineJob } from './define-job.js';
import { ProcessJob, type JobRun } from './jobs.js';
import { startJobs, type JobBackends } from './job-testing.module.js';

/** A job whose process is killed while it runs. */
export const KillableJob = defineJob<{ readonly name: string; readonly hangingAttempts: number }>('testing.mortal');

/** Says on stdout which attempts begin and end. */
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

/** The process that gets killed: runs jobs until then. */
export async function runKillableProcess(backends: JobBackends): Promise<void> {
  await startJobs(backends, [KillableJobProcessor]);
  process.stdout.write('ready\n');
}
