import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { UPDATE_CONTACTS, ContactBulkService } from './contact-bulk.service.js';

/** Runs bulk updates in batches. An interrupted update continues after the last completed batch. */
@Injectable()
export class UpdateContactsJob {
  constructor(private readonly bulk: ContactBulkService) {}

  @ProcessJob(UPDATE_CONTACTS, { concurrency: 1 })
  async run({
    payload: { workspaceId, operationId },
  }: JobRun<{ workspaceId: string; operationId: string }>): Promise<void> {
    while (await this.bulk.processBatch(workspaceId, operationId));
  }
}
