import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel';
import { KEEP_SEGMENT, SegmentKeeping } from './segment-keeping.service.js';

/** Finds out anew who belongs to a segment. */
@Injectable()
export class KeepSegment {
  constructor(private readonly keeping: SegmentKeeping) {}

  @ProcessJob(KEEP_SEGMENT, { concurrency: 1 })
  async run({
    payload: { workspaceId, segmentId },
  }: JobRun<{ workspaceId: string; segmentId: string }>): Promise<void> {
    await this.keeping.lookAtAll(workspaceId, segmentId);
  }
}
