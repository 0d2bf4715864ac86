import { Injectable } from '@nestjs/common';
import { InspectingMapper, ReferencesService } from '@parley/kernel/references';
import type { CannedResponseView } from './canned-response.view.js';
import { toCannedResponseDto, type CannedResponseDto } from './dto/canned-response.dto.js';
import { inspectCannedResponse } from '../references/stored-references.js';

/** Maps canned responses to their wire format, with their current problems. */
@Injectable()
export class CannedResponseMapper extends InspectingMapper<CannedResponseView, CannedResponseDto> {
  constructor(references: ReferencesService) {
    super(references, inspectCannedResponse, toCannedResponseDto);
  }
}
