import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, PeriodicTask } from '@parley/kernel/jobs';
import { ContactEraser } from './contact-eraser.service.js';

const HOUR_MS = 3_600_000;
const RESTORE_WINDOW_MS = 30 * 24 * HOUR_MS;

/** Erases contacts 30 days after their deletion. */
@Injectable()
@Periodic({ job: 'identity.erase-deleted-contacts', everySeconds: 3_600 })
export class DeletedContactEraser extends PeriodicTask {
  constructor(
    private readonly eraser: ContactEraser,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<void> {
    return this.eraser.eraseDeleted(new Date(this.clock.now().getTime() - RESTORE_WINDOW_MS));
  }
}
