import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { EventDto, toEventDto } from '@parley/kernel/events';
import { IdParam, Operation } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { ContactTimelineService } from './contact-timeline.service.js';
import { TimelineQueryDto } from './dto/timeline-query.dto.js';

@ApiTags('Contacts')
@Controller(['v1/contacts/:id/timeline', 'v1/customer-profiles/:id/timeline'])
export class ContactTimelineController {
  constructor(private readonly timeline: ContactTimelineService) {}

  @Get()
  @Operation({
    summary: "List a contact's timeline",
    access: 'contacts:read',
    response: { list: EventDto },
    errors: ['NOT_FOUND'],
    description:
      'Returns events about the contact and about its conversations and messages, newest first. Includes the ' +
      'events of contacts merged into it.',
  })
  async listTimeline(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: TimelineQueryDto,
  ): Promise<ListResponse<EventDto>> {
    const request = parsePageRequest(query, ['contact-timeline', workspaceId, id, query.types]);
    const page = await this.timeline.list(workspaceId, id, query.types ?? null, request);
    return toListResponse(request, { ...page, items: page.items.map(toEventDto) });
  }
}
