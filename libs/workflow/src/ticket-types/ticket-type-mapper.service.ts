import { Injectable } from '@nestjs/common';
import { InspectingMapper, ReferencesService } from '@parley/kernel/references';
import { toTicketTypeDto, type TicketTypeDto } from './dto/ticket-type.dto.js';
import { ticketTypeReferences } from './ticket-type-references.js';
import type { TicketTypeView } from './ticket-type.view.js';

/** Maps ticket types to their wire format, with their current problems. */
@Injectable()
export class TicketTypeMapper extends InspectingMapper<TicketTypeView, TicketTypeDto> {
  constructor(references: ReferencesService) {
    super(references, (type) => ({ references: ticketTypeReferences(type) }), toTicketTypeDto);
  }
}
