import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, Operation, toResponse, toUpdateResponse, type ItemResponse } from '@parley/kernel/http';
import { parsePageRequest, toListResponse, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import {
  CreateTicketTypeDto,
  TicketTypeDto,
  TicketTypeListQueryDto,
  toTicketTypeInput,
  UpdateTicketTypeDto,
} from './dto/ticket-type.dto.js';
import { TicketTypeMapper } from './ticket-type-mapper.service.js';
import { TicketTypesService } from './ticket-types.service.js';

/** Types of tickets. */
@ApiTags('Ticket types')
@Controller('v1/ticket-types')
export class TicketTypesController {
  constructor(
    private readonly types: TicketTypesService,
    private readonly mapper: TicketTypeMapper,
  ) {}

  @Get()
  @Operation({
    summary: 'List ticket types',
    description: 'Returns the types sorted by name.',
    access: 'tickets:read',
    response: { list: TicketTypeDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: TicketTypeListQueryDto,
  ): Promise<ListResponse<TicketTypeDto>> {
    const filter = { q: query.q, ...toTimeRange(query) };
    const scope = ['ticket-types', workspaceId, filter];
    const request = parsePageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, scope);
    const page = await this.types.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: await this.mapper.toDtos(workspaceId, page.items) });
  }

  @Post()
  @Operation({
    summary: 'Create a ticket type',
    description:
      'The form lists custom fields of tickets, which must be defined. Returns 409 if the name is used, and 422 if the ' +
      'team does not exist.',
    access: 'ticket_settings:write',
    response: { item: TicketTypeDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateTicketTypeDto,
  ): Promise<ItemResponse<TicketTypeDto>> {
    const input = { ...toTicketTypeInput(body), name: body.name };
    return toResponse(await this.mapper.toDto(workspaceId, await this.types.create(workspaceId, input)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a ticket type',
    access: 'tickets:read',
    response: { item: TicketTypeDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<TicketTypeDto>> {
    return toResponse(await this.mapper.toDto(workspaceId, await this.types.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a ticket type',
    description: 'Existing tickets keep their priority and team. Returns 409 if the name is used.',
    access: 'ticket_settings:write',
    response: { item: TicketTypeDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateTicketTypeDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<TicketTypeDto>> {
    return toUpdateResponse(this.types.update(workspaceId, id, toTicketTypeInput(body), version), (view) =>
      this.mapper.toDto(workspaceId, view),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a ticket type',
    description: 'The `type` of its tickets becomes null after a short delay.',
    access: 'ticket_settings:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.types.delete(workspaceId, id, version), (view) => this.mapper.toDto(workspaceId, view));
  }
}
