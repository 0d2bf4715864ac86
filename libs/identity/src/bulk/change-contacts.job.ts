import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel';
import { CHANGE_CONTACTS, ContactBulk } from './contact-bulk.service.js';

/** Works off a change of many contacts, page by page; what was interrupted goes on where it stood. */
@Injectable()
export class ChangeContacts {
  constructor(private readonly bulk: ContactBulk) {}

  @ProcessJob(CHANGE_CONTACTS, { concurrency: 1 })
  async run({
    payload: { workspaceId, operationId },
  }: JobRun<{ workspaceId: string; operationId: string }>): Promise<void> {
    while (await this.bulk.goOn(workspaceId, operationId));
  }
}
