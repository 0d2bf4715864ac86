import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  IfMatch,
  listBody,
  one,
  oneChanged,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { ContactAvatars } from '../avatars/contact-avatars.service.js';
import { CONTACT_FILTER_TEXT } from '../contacts/contact-filter-text.js';
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
    private readonly avatars: ContactAvatars,
  ) {}

  @Get()
  @Operation({
    summary: 'List segments',
    access: 'contacts:read',
    answer: { list: SegmentDto },
    description: 'The last first, unless told otherwise, with how many belonged to each when it was looked at last.',
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: SegmentListQueryDto,
  ): Promise<ListBody<SegmentDto>> {
    const filter = { q: query.q, ...timeRangeOf(query) };
    const request = pageRequest(query, ['segments', workspaceId, filter]);
    const page = await this.segments.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toSegmentDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a segment',
    description: `Who comes to belong to it is told by \`segment.entered\`, and who ceases to by \`segment.left\`, each with \`contact_id\`; conditions on time are looked at every five minutes. ${CONTACT_FILTER_TEXT}`,
    access: 'contacts:write',
    answer: { one: SegmentDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateSegmentDto,
  ): Promise<One<SegmentDto>> {
    return one(toSegmentDto(await this.segments.create(workspaceId, body)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a segment',
    access: 'contacts:read',
    answer: { one: SegmentDto },
    errors: ['NOT_FOUND'],
    description:
      'With its filter and how many contacts belong to it now; who they are is listed by `GET /v1/segments/{id}/contacts`.',
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<SegmentDto>> {
    return one(toSegmentDto(await this.segments.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a segment',
    access: 'contacts:write',
    answer: { one: SegmentDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
    description:
      'With another filter everybody is looked at anew in the background, and `segment.entered` and `segment.left` tell of those who come and go.',
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateSegmentDto,
    @IfMatch() version: number | null,
  ): Promise<One<SegmentDto>> {
    return oneChanged(this.segments.update(workspaceId, id, body, version), toSegmentDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a segment',
    access: 'contacts:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    description: 'Its contacts stay as they are, and nothing is told of each of them leaving it.',
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.segments.delete(workspaceId, id, version), toSegmentDto);
  }

  @Get(':id/contacts')
  @Operation({
    summary: 'List the contacts of a segment',
    access: 'contacts:read',
    answer: { list: ContactDto },
    errors: ['NOT_FOUND'],
    description: 'Those who belong to it now, the newest first unless told otherwise.',
  })
  async contacts(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: SegmentContactsQueryDto,
  ): Promise<ListBody<ContactDto>> {
    const orderBy = query.order_by ?? 'created_at';
    const range = timeRangeOf(query);
    const request = pageRequest(query, ['segment-contacts', workspaceId, id, range, orderBy]);
    const page = await this.segments.members(workspaceId, id, range, orderBy, request);
    return listBody(request, {
      ...page,
      items: page.items.map((view) => toContactDto(view, (contact) => this.avatars.linkTo(contact))),
    });
  }
}
