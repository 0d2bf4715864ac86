import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { sweepTemporaryFolders } from './temporary-folders.js';

/** Deletes old temporary folders when the process starts. */
@Injectable()
export class TemporaryFolderSweeper implements OnApplicationBootstrap {
  private readonly log = new Logger(TemporaryFolderSweeper.name);

  constructor(private readonly clock: Clock) {}

  onApplicationBootstrap(): void {
    void sweepTemporaryFolders(this.clock.now().getTime()).then(
      (count) => count > 0 && this.log.log(`Deleted ${count} temporary folders of processes that ended`),
      (error: unknown) => this.log.warn(`Cannot delete old temporary folders: ${String(error)}`),
    );
  }
}
