import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import { Periodic, PeriodicTask } from '@parley/kernel/jobs';
import { SegmentMembershipUpdater } from './segment-membership-updater.service.js';

/** Recomputes time-dependent segments every five minutes. */
@Injectable()
@Periodic({ job: 'identity.refresh-time-based-segments', everySeconds: 300 })
export class TimeBasedSegmentScheduler extends PeriodicTask {
  constructor(
    private readonly membershipUpdater: SegmentMembershipUpdater,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  run(): Promise<void> {
    return this.unitOfWork.run(() => this.membershipUpdater.enqueueTimeDependent());
  }
}
