import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { EventDto, toEventDto } from '@parley/kernel/events';
import { IdParam, Operation, ListQueryField } from '@parley/kernel/http';
import { toListResponse, PageQueryDto, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { ContactTimelineService } from './contact-timeline.service.js';

/** Which part of a timeline. */
export class TimelineQueryDto extends PageQueryDto {
  @ListQueryField({
    description: 'Only these types of events, or groups such as `message.*`.',
    example: 'message.created',
  })
  types?: string[];
}

/** What happened with contacts. */
@ApiTags('Identity')
@Controller(['v1/contacts/:id/timeline', 'v1/customer-profiles/:id/timeline'])
export class ContactTimelineController {
  constructor(private readonly timeline: ContactTimelineService) {}

  @Get()
  @Operation({
    summary: 'List what happened with a contact',
    access: 'contacts:read',
    response: { list: EventDto },
    errors: ['NOT_FOUND'],
    description:
      'Events about the contact and about their conversations and messages, as the event log shows them, newest first. Those of contacts that were merged into this one are among them.',
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
