import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel';
import { IMPORT_CONTACTS } from './contact-imports.service.js';
import { ImportRun } from './import-run.service.js';

/** Takes files of contacts in; what was interrupted goes on where it stood. */
@Injectable()
export class ImportContacts {
  constructor(private readonly imports: ImportRun) {}

  @ProcessJob(IMPORT_CONTACTS, { concurrency: 1 })
  async run({ payload: { workspaceId, importId } }: JobRun<{ workspaceId: string; importId: string }>): Promise<void> {
    await this.imports.run(workspaceId, importId);
  }
}
