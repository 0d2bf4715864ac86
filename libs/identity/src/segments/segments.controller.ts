import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { ContactAvatarsService } from '../avatars/contact-avatars.service.js';
import { CONTACT_FILTER_DESCRIPTION } from '../contacts/contact-filter-description.js';
import { ContactDto, toContactDto } from '../contacts/dto/contact.dto.js';
import {
  CreateSegmentDto,
  SegmentContactsQueryDto,
  SegmentDto,
  SegmentListQueryDto,
  toSegmentDto,
  UpdateSegmentDto,
} from './dto/segment.dto.js';
import { SegmentsService } from './segments.service.js';

/** Sets of contacts that pass a filter. */
@ApiTags('Identity')
@Controller('v1/segments')
export class SegmentsController {
  constructor(
    private readonly segments: SegmentsService,
    private readonly avatars: ContactAvatarsService,
  ) {}

  @Get()
  @Operation({
    summary: 'List segments',
    access: 'contacts:read',
    response: { list: SegmentDto },
    description: 'The last first, unless told otherwise, with how many belonged to each when it was looked at last.',
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: SegmentListQueryDto,
  ): Promise<ListResponse<SegmentDto>> {
    const filter = { q: query.q, ...toTimeRange(query) };
    const request = parsePageRequest(query, ['segments', workspaceId, filter]);
    const page = await this.segments.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toSegmentDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a segment',
    description: `Who comes to belong to it is told by \`segment.entered\`, and who ceases to by \`segment.left\`, each with \`contact_id\`; conditions on time are looked at every five minutes. ${CONTACT_FILTER_DESCRIPTION}`,
    access: 'contacts:write',
    response: { item: SegmentDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateSegmentDto,
  ): Promise<ItemResponse<SegmentDto>> {
    return toResponse(toSegmentDto(await this.segments.create(workspaceId, body)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a segment',
    access: 'contacts:read',
    response: { item: SegmentDto },
    errors: ['NOT_FOUND'],
    description:
      'With its filter and how many contacts belong to it now; who they are is listed by `GET /v1/segments/{id}/contacts`.',
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<SegmentDto>> {
    return toResponse(toSegmentDto(await this.segments.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a segment',
    access: 'contacts:write',
    response: { item: SegmentDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
    description:
      'With another filter everybody is looked at anew in the background, and `segment.entered` and `segment.left` tell of those who come and go.',
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateSegmentDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<SegmentDto>> {
    return toUpdateResponse(this.segments.update(workspaceId, id, body, version), toSegmentDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a segment',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    description: 'Its contacts stay as they are, and nothing is told of each of them leaving it.',
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.segments.delete(workspaceId, id, version), toSegmentDto);
  }

  @Get(':id/contacts')
  @Operation({
    summary: 'List the contacts of a segment',
    access: 'contacts:read',
    response: { list: ContactDto },
    errors: ['NOT_FOUND'],
    description: 'Those who belong to it now, the newest first unless told otherwise.',
  })
  async contacts(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: SegmentContactsQueryDto,
  ): Promise<ListResponse<ContactDto>> {
    const orderBy = query.order_by ?? 'created_at';
    const range = toTimeRange(query);
    const request = parsePageRequest(query, ['segment-contacts', workspaceId, id, range, orderBy]);
    const page = await this.segments.members(workspaceId, id, range, orderBy, request);
    return toListResponse(request, {
      ...page,
      items: page.items.map((view) => toContactDto(view, (contact) => this.avatars.buildUrl(contact))),
    });
  }
}
