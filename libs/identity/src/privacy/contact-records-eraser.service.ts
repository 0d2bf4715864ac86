import { Injectable } from '@nestjs/common';
import { EventLogService } from '@parley/kernel/events';
import { ContactErasureRepository, type ErasableContact } from '../contacts/contact-erasure.repository.js';
import { ExportsRepository } from '../exports/exports.repository.js';
import { FileEraser } from '../contact-data/file-eraser.service.js';
import { piiSearchTerms } from './pii-search-terms.js';

/** Erases contacts from identity's own tables, exports, the event log and the file storage. */
@Injectable()
export class ContactRecordsEraser {
  constructor(
    private readonly contactRecords: ContactErasureRepository,
    private readonly exports: ExportsRepository,
    private readonly log: EventLogService,
    private readonly files: FileEraser,
  ) {}

  /** Runs in the caller's unit of work. */
  async erase(workspaceId: string, contacts: readonly ErasableContact[], now: string): Promise<void> {
    const ids = contacts.map(({ id }) => id);
    const searchTerms = piiSearchTerms(contacts);
    const mergeIds = await this.contactRecords.listMergeIds(workspaceId, ids);
    for (const { id } of contacts) await this.log.eraseContact(workspaceId, id, [id, ...searchTerms.addresses]);
    const allTerms = [...searchTerms.addresses, ...searchTerms.names];
    await this.contactRecords.erase(workspaceId, ids, mergeIds, allTerms, now);
    // All existing export files can contain the contacts.
    const expiredFileKeys = await this.exports.expireAll(workspaceId, ids, [...ids, ...allTerms]);
    await this.files.enqueue(workspaceId, [...expiredFileKeys, ...contacts.flatMap(({ avatar }) => avatar?.key ?? [])]);
  }
}
