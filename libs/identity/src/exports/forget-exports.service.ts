import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping, UnitOfWork } from '@parley/kernel';
import { FileErasure } from '../holdings/file-erasure.service.js';
import { ExportsRepository } from './exports.repository.js';

const TURN_MS = 10 * 60_000;
const KEPT_MS = 30 * 24 * 3_600_000;

/** Removes the files of exports when they expire, and forgets the exports after 30 days. */
@Injectable()
export class ForgetExports extends Housekeeping {
  constructor(
    private readonly exports: ExportsRepository,
    private readonly files: FileErasure,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super(TURN_MS);
  }

  protected async tidy(): Promise<void> {
    const now = this.clock.now();
    while ((await this.expire(now)) === 100);
    await this.exports.forget(new Date(now.getTime() - KEPT_MS));
  }

  /** How many files were taken away. */
  private expire(now: Date): Promise<number> {
    return this.unitOfWork.run(async () => {
      const expired = await this.exports.expire(now);
      for (const { workspaceId, key } of expired) await this.files.later(workspaceId, [key]);
      return expired.length;
    });
  }
}
