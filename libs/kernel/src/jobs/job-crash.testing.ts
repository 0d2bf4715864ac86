import { defineJob } from './define-job.js';
import { ProcessJob, type JobRun } from './jobs.js';
import { startJobs, type JobPlaces } from './job-testing.module.js';

/** A job whose process is killed while it runs. */
export const Mortal = defineJob<{ readonly name: string; readonly hangs: number }>('testing.mortal');

/** Says on stdout which attempts begin and end. */
export class MortalProcessor {
  @ProcessJob(Mortal)
  async run({ id, attempt, payload }: JobRun<{ readonly name: string; readonly hangs: number }>): Promise<void> {
    process.stdout.write(`${JSON.stringify({ id, attempt, name: payload.name })}\n`);
    if (attempt <= payload.hangs) await new Promise(() => undefined);
  }
}

/** The process that gets killed: runs jobs until then. */
export async function runMortalProcess(places: JobPlaces): Promise<void> {
  await startJobs(places, [MortalProcessor]);
  process.stdout.write('ready\n');
}
