import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { UPDATE_CONVERSATIONS } from './bulk-jobs.js';
import { ConversationBulkService } from './conversation-bulk.service.js';

/** Processes a bulk update of conversations in batches. */
@Injectable()
export class UpdateConversationsJob {
  constructor(private readonly bulk: ConversationBulkService) {}

  @ProcessJob(UPDATE_CONVERSATIONS, { concurrency: 1 })
  async run({ payload: { workspaceId, bulkId } }: JobRun<{ workspaceId: string; bulkId: string }>): Promise<void> {
    while (await this.bulk.processBatch(workspaceId, bulkId));
  }
}
