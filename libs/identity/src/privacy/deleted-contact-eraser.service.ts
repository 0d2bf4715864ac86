import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { PeriodicTask } from '@parley/kernel/timers';
import { ContactEraser } from './contact-eraser.service.js';

const HOUR_MS = 3_600_000;
const RESTORE_WINDOW_MS = 30 * 24 * HOUR_MS;

/** Erases contacts 30 days after their deletion. */
@Injectable()
export class DeletedContactEraser extends PeriodicTask {
  constructor(
    private readonly eraser: ContactEraser,
    private readonly clock: Clock,
  ) {
    super(HOUR_MS);
  }

  protected run(): Promise<void> {
    return this.eraser.eraseDeleted(new Date(this.clock.now().getTime() - RESTORE_WINDOW_MS));
  }
}
