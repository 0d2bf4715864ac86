import { Injectable } from '@nestjs/common';
import { FileStorage } from '@parley/kernel/files';
import { defineJob, Jobs, ProcessJob, type JobRun } from '@parley/kernel/jobs';

/** Removes the bytes of files that nothing refers to any more. */
export const ERASE_FILES = defineJob<{ readonly workspaceId: string; readonly keys: readonly string[] }>(
  'identity.erase-files',
  { attempts: 25 },
);

/** Removes bytes that must not stay, however long the storage cannot be reached. */
@Injectable()
export class FileEraser {
  constructor(
    private readonly jobs: Jobs,
    private readonly storage: FileStorage,
  ) {}

  /** Has files removed from the storage once the present unit of work has committed. */
  async enqueue(workspaceId: string, keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await this.jobs.enqueue(ERASE_FILES, { workspaceId, keys }, { workspaceId });
  }

  @ProcessJob(ERASE_FILES)
  async run({ payload: { keys } }: JobRun<{ workspaceId: string; keys: readonly string[] }>): Promise<void> {
    for (const key of keys) await this.storage.delete(key);
  }
}
