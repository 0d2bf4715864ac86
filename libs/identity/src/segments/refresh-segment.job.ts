import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { REFRESH_SEGMENT, SegmentMembershipUpdater } from './segment-membership-updater.service.js';

/** Recomputes the members of a segment. */
@Injectable()
export class RefreshSegmentJob {
  constructor(private readonly membershipUpdater: SegmentMembershipUpdater) {}

  @ProcessJob(REFRESH_SEGMENT, { concurrency: 1 })
  async run({
    payload: { workspaceId, segmentId },
  }: JobRun<{ workspaceId: string; segmentId: string }>): Promise<void> {
    await this.membershipUpdater.recomputeAll(workspaceId, segmentId);
  }
}
