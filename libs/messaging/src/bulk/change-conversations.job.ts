import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel';
import { CHANGE_CONVERSATIONS } from './bulk-jobs.js';
import { BulkChanges } from './bulk-changes.service.js';

/** Changes many conversations, some at a time. */
@Injectable()
export class ChangeConversations {
  constructor(private readonly bulk: BulkChanges) {}

  @ProcessJob(CHANGE_CONVERSATIONS, { concurrency: 1 })
  async run({ payload: { workspaceId, bulkId } }: JobRun<{ workspaceId: string; bulkId: string }>): Promise<void> {
    while (await this.bulk.goOn(workspaceId, bulkId));
  }
}
