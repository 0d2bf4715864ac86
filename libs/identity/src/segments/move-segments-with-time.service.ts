import { Injectable } from '@nestjs/common';
import { Housekeeping, UnitOfWork } from '@parley/kernel';
import { SegmentKeeping } from './segment-keeping.service.js';

const TURN_MS = 5 * 60_000;

/** Contacts enter and leave segments as time goes by. */
@Injectable()
export class MoveSegmentsWithTime extends Housekeeping {
  constructor(
    private readonly keeping: SegmentKeeping,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super(TURN_MS);
  }

  protected tidy(): Promise<void> {
    return this.unitOfWork.run(() => this.keeping.lookLaterAtMoving());
  }
}
