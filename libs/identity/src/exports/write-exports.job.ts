import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { WRITE_EXPORT } from './contact-exports.service.js';
import { ExportRunner } from './export-runner.service.js';

/** Writes export files. An interrupted export starts again from the beginning. */
@Injectable()
export class WriteExportsJob {
  constructor(private readonly runner: ExportRunner) {}

  @ProcessJob(WRITE_EXPORT, { concurrency: 1 })
  async run({
    payload: { workspaceId, exportId },
    attempt,
    maxAttempts: maxAttempts,
  }: JobRun<{ workspaceId: string; exportId: string }>): Promise<void> {
    try {
      await this.runner.run(workspaceId, exportId);
    } catch (error) {
      // A failure must not hide the error of the run.
      if (attempt >= maxAttempts) await this.runner.fail(workspaceId, exportId).catch(() => undefined);
      throw error;
    }
  }
}
