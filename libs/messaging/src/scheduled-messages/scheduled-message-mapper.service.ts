import { Injectable } from '@nestjs/common';
import { InspectingMapper, ReferencesService } from '@parley/kernel/references';
import { inspectScheduledMessage } from '../references/stored-references.js';
import { toScheduledMessageDto, type ScheduledMessageDto } from './dto/scheduled-message.dto.js';
import type { ScheduledMessageView } from './scheduled-message.view.js';

/** Maps scheduled messages to their wire format, with their current problems. */
@Injectable()
export class ScheduledMessageMapper extends InspectingMapper<ScheduledMessageView, ScheduledMessageDto> {
  constructor(references: ReferencesService) {
    super(references, inspectScheduledMessage, toScheduledMessageDto);
  }
}
