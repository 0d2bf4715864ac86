import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../http/operation.js';
import { eventDefinitions } from './define-event.js';
import { EventTypesDto, toEventTypeDto } from './dto/event-type.dto.js';

/** The event catalogue. */
@ApiTags('Events')
@Controller('v1/event-types')
export class EventTypesController {
  @Get()
  @Operation({
    summary: 'List event types',
    description:
      'Returns every event type that this server publishes. Webhooks and the event log accept these types and ' +
      'wildcards such as `conversation.*`.',
    access: 'events:read',
    response: { raw: EventTypesDto },
  })
  list(): EventTypesDto {
    const data = eventDefinitions().map(toEventTypeDto);
    return { data, total: data.length };
  }
}
