import { Injectable } from '@nestjs/common';
import { InspectingMapper, ReferencesService } from '@parley/kernel/references';
import type { QuickReplyView } from './quick-reply.view.js';
import { toQuickReplyDto, type QuickReplyDto } from './dto/quick-reply.dto.js';
import { inspectQuickReply } from '../references/stored-references.js';

/** Maps quick replies to their wire format, with their current problems. */
@Injectable()
export class QuickReplyMapper extends InspectingMapper<
  QuickReplyView & { readonly rendered?: string | null },
  QuickReplyDto
> {
  constructor(references: ReferencesService) {
    super(references, inspectQuickReply, toQuickReplyDto);
  }
}
