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
  UpdateSegmentDto,
} from './dto/segment.dto.js';
import { SegmentMapper } from './segment-mapper.service.js';
import { SegmentsService } from './segments.service.js';

@ApiTags('Segments')
@Controller('v1/segments')
export class SegmentsController {
  constructor(
    private readonly segments: SegmentsService,
    private readonly mapper: SegmentMapper,
    private readonly avatars: ContactAvatarsService,
  ) {}

  @Get()
  @Operation({
    summary: 'List segments',
    access: 'contacts:read',
    response: { list: SegmentDto },
    description:
      'Returns segments, newest first by default. `members_count` is the number of members at the last refresh.',
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: SegmentListQueryDto,
  ): Promise<ListResponse<SegmentDto>> {
    const filter = { q: query.q, ...toTimeRange(query) };
    const request = parsePageRequest(query, ['segments', workspaceId, filter]);
    const page = await this.segments.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: await this.mapper.toDtos(workspaceId, page.items) });
  }

  @Post()
  @Operation({
    summary: 'Create a segment',
    description:
      'Members are computed in the background. Emits `segment.entered` and `segment.left` with `contact_id` ' +
      'when a contact enters or leaves the segment. Conditions on time are checked every five minutes. Fails ' +
      `with 409 if the name is taken. ${CONTACT_FILTER_DESCRIPTION}`,
    access: 'contacts:write',
    response: { item: SegmentDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateSegmentDto,
  ): Promise<ItemResponse<SegmentDto>> {
    return toResponse(await this.mapper.toDto(workspaceId, await this.segments.create(workspaceId, body)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a segment',
    access: 'contacts:read',
    response: { item: SegmentDto },
    errors: ['NOT_FOUND'],
    description:
      'Includes the filter and the current number of members. List the members with `GET /v1/segments/{id}/contacts`.',
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<SegmentDto>> {
    return toResponse(await this.mapper.toDto(workspaceId, await this.segments.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a segment',
    access: 'contacts:write',
    response: { item: SegmentDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
    description:
      'Omitted fields stay unchanged. A new filter recomputes the members in the background and emits ' +
      '`segment.entered` and `segment.left` for each change. Fails with 409 if the name is taken.',
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateSegmentDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<SegmentDto>> {
    return toUpdateResponse(this.segments.update(workspaceId, id, body, version), (view) =>
      this.mapper.toDto(workspaceId, view),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a segment',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    description: "Keeps the members' contacts. Does not emit `segment.left`.",
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.segments.delete(workspaceId, id, version), (view) =>
      this.mapper.toDto(workspaceId, view),
    );
  }

  @Get(':id/contacts')
  @Operation({
    summary: "List a segment's contacts",
    access: 'contacts:read',
    response: { list: ContactDto },
    errors: ['NOT_FOUND'],
    description: 'Returns the current members, newest first by default.',
  })
  async contacts(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: SegmentContactsQueryDto,
  ): Promise<ListResponse<ContactDto>> {
    const orderBy = query.order_by ?? 'created_at';
    const range = toTimeRange(query);
    const request = parsePageRequest(query, ['segment-contacts', workspaceId, id, range, orderBy]);
    const page = await this.segments.listMembers(workspaceId, id, range, orderBy, request);
    return toListResponse(request, {
      ...page,
      items: page.items.map((view) => toContactDto(view, (contact) => this.avatars.buildUrl(contact))),
    });
  }
}
