import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Periodic, PeriodicTask } from '@parley/kernel/jobs';
import { FileEraser } from '../contact-data/file-eraser.service.js';
import { ExportsRepository } from './exports.repository.js';

const RETENTION_MS = 30 * 24 * 3_600_000;

/** Deletes the files of exports when they expire, and the exports after 30 days. */
@Injectable()
@Periodic({ job: 'identity.delete-expired-exports', everySeconds: 600 })
export class ExportRetentionService extends PeriodicTask {
  constructor(
    private readonly exports: ExportsRepository,
    private readonly files: FileEraser,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    while ((await this.expireFiles(now)) === 100);
    await this.exports.deleteCreatedBefore(new Date(now.getTime() - RETENTION_MS));
  }

  /** Returns the number of deleted files. */
  private expireFiles(now: Date): Promise<number> {
    return this.unitOfWork.run(async () => {
      const expired = await this.exports.expire(now);
      for (const { workspaceId, key } of expired) await this.files.enqueue(workspaceId, [key]);
      return expired.length;
    });
  }
}
