import { Injectable } from '@nestjs/common';
import { EventLogService } from '@parley/kernel';
import { ContactErasureRepository, type AnyContact } from '../contacts/contact-erasure.repository.js';
import { ExportsRepository } from '../exports/exports.repository.js';
import { FileErasure } from '../holdings/file-erasure.service.js';
import { tellingWords } from './telling-words.js';

/** Forgets what identity and the kernel keep of people who are forgotten. */
@Injectable()
export class ErasureTraces {
  constructor(
    private readonly rows: ContactErasureRepository,
    private readonly exports: ExportsRepository,
    private readonly log: EventLogService,
    private readonly files: FileErasure,
  ) {}

  /** In the caller's unit of work. */
  async forget(workspaceId: string, contacts: readonly AnyContact[], now: string): Promise<void> {
    const ids = contacts.map(({ id }) => id);
    const words = tellingWords(contacts);
    const merges = await this.rows.merges(workspaceId, ids);
    for (const { id } of contacts) await this.log.forgetContact(workspaceId, id, [id, ...words.addresses]);
    const all = [...words.addresses, ...words.names];
    await this.rows.blank(workspaceId, ids, merges, all, now);
    // Files that were written before may hold anybody.
    const written = await this.exports.expireAll(workspaceId, ids, [...ids, ...all]);
    await this.files.later(workspaceId, [...written, ...contacts.flatMap(({ avatar }) => avatar?.key ?? [])]);
  }
}
