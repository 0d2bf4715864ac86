import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  EventDto,
  IdParam,
  listBody,
  Operation,
  PageQueryDto,
  pageRequest,
  QueryList,
  toEventDto,
  type ListBody,
  type Principal,
} from '@parley/kernel';
import { ContactTimeline } from './contact-timeline.service.js';

/** Which part of a timeline. */
export class TimelineQueryDto extends PageQueryDto {
  @QueryList({ description: 'Only these types of events, or groups such as `message.*`.', example: 'message.created' })
  types?: string[];
}

/** What happened with contacts. */
@ApiTags('Identity')
@Controller(['v1/contacts/:id/timeline', 'v1/customer-profiles/:id/timeline'])
export class ContactTimelineController {
  constructor(private readonly timeline: ContactTimeline) {}

  @Get()
  @Operation({
    summary: 'List what happened with a contact',
    access: 'contacts:read',
    answer: { list: EventDto },
    errors: ['NOT_FOUND'],
    description:
      'Events about the contact and about their conversations and messages, as the event log shows them, newest first. Those of contacts that were merged into this one are among them.',
  })
  async timelineOf(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: TimelineQueryDto,
  ): Promise<ListBody<EventDto>> {
    const request = pageRequest(query, ['contact-timeline', workspaceId, id, query.types]);
    const page = await this.timeline.list(workspaceId, id, query.types ?? null, request);
    return listBody(request, { ...page, items: page.items.map(toEventDto) });
  }
}
