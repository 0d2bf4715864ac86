import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { IMPORT_CONTACTS } from './contact-imports.service.js';
import { ImportRunner } from './import-runner.service.js';

/** Runs imports. An interrupted import continues after the last completed batch. */
@Injectable()
export class ImportContactsJob {
  constructor(private readonly runner: ImportRunner) {}

  @ProcessJob(IMPORT_CONTACTS, { concurrency: 1 })
  async run({
    payload: { workspaceId, importId },
    attempt,
    maxAttempts,
  }: JobRun<{ workspaceId: string; importId: string }>): Promise<void> {
    try {
      await this.runner.run(workspaceId, importId);
    } catch (error) {
      // A failure must not hide the error of the run.
      if (attempt >= maxAttempts) await this.runner.fail(workspaceId, importId).catch(() => undefined);
      throw error;
    }
  }
}
