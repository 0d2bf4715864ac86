import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import { PeriodicTask } from '@parley/kernel/timers';
import { SegmentMembershipUpdater } from './segment-membership-updater.service.js';

const INTERVAL_MS = 5 * 60_000;

/** Recomputes time-dependent segments every five minutes. */
@Injectable()
export class TimeBasedSegmentScheduler extends PeriodicTask {
  constructor(
    private readonly membershipUpdater: SegmentMembershipUpdater,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super(INTERVAL_MS);
  }

  protected run(): Promise<void> {
    return this.unitOfWork.run(() => this.membershipUpdater.enqueueTimeDependent());
  }
}
