import { Injectable } from '@nestjs/common';
import { InspectingMapper, ReferencesService } from '@parley/kernel/references';
import type { SegmentView, SegmentWithCount } from './segment.view.js';
import { toSegmentDto, type SegmentDto } from './dto/segment.dto.js';
import { inspectSegment } from './segment-inspection.js';

/** Maps segments to their wire format, with their current problems. */
@Injectable()
export class SegmentMapper extends InspectingMapper<SegmentView | SegmentWithCount, SegmentDto> {
  constructor(references: ReferencesService) {
    super(references, inspectSegment, toSegmentDto);
  }
}
