import { Injectable } from '@nestjs/common';
import { FileStorage } from '@parley/kernel/files';
import { defineJob, Jobs, ProcessJob, type JobRun } from '@parley/kernel/jobs';

/** Deletes files from the storage that are no longer referenced. */
export const ERASE_FILES = defineJob<{ readonly workspaceId: string; readonly keys: readonly string[] }>(
  'identity.erase-files',
  { attempts: 25 },
);

/** Deletes files that must not remain, and retries while the storage is unavailable. */
@Injectable()
export class FileEraser {
  constructor(
    private readonly jobs: Jobs,
    private readonly storage: FileStorage,
  ) {}

  /** Enqueues the deletion of files; it starts after the current unit of work has committed. */
  async enqueue(workspaceId: string, keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await this.jobs.enqueue(ERASE_FILES, { workspaceId, keys }, { workspaceId });
  }

  @ProcessJob(ERASE_FILES)
  async run({ payload: { keys } }: JobRun<{ workspaceId: string; keys: readonly string[] }>): Promise<void> {
    for (const key of keys) await this.storage.delete(key);
  }
}
