import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel';
import { WRITE_EXPORT } from './contact-exports.service.js';
import { ExportRun } from './export-run.service.js';

/** Writes exports; one that was interrupted is written anew. */
@Injectable()
export class WriteExports {
  constructor(private readonly exports: ExportRun) {}

  @ProcessJob(WRITE_EXPORT, { concurrency: 1 })
  async run({
    payload: { workspaceId, exportId },
    attempt,
    mostAttempts,
  }: JobRun<{ workspaceId: string; exportId: string }>): Promise<void> {
    try {
      await this.exports.run(workspaceId, exportId);
    } catch (error) {
      if (attempt >= mostAttempts) await this.exports.fail(workspaceId, exportId);
      throw error;
    }
  }
}
