import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, Operation, toResponse, toUpdateResponse, type ItemResponse } from '@parley/kernel/http';
import {
  parsePageRequest,
  TimedPageQueryDto,
  toListResponse,
  toTimeRange,
  type ListResponse,
} from '@parley/kernel/pagination';
import {
  CreateTicketStatusDto,
  TicketStatusDto,
  toTicketStatusDto,
  toUpdateTicketStatusInput,
  UpdateTicketStatusDto,
} from './dto/ticket-status.dto.js';
import { TicketStatusesService } from './ticket-statuses.service.js';

/** Custom statuses of tickets. */
@ApiTags('Ticket statuses')
@Controller('v1/ticket-statuses')
export class TicketStatusesController {
  constructor(private readonly statuses: TicketStatusesService) {}

  @Get()
  @Operation({
    summary: 'List ticket statuses',
    description: 'Returns the custom statuses by position.',
    access: 'tickets:read',
    response: { list: TicketStatusDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: TimedPageQueryDto,
  ): Promise<ListResponse<TicketStatusDto>> {
    const filter = toTimeRange(query);
    const request = parsePageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, [
      'ticket-statuses',
      workspaceId,
      filter,
    ]);
    const page = await this.statuses.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toTicketStatusDto) });
  }

  @Post()
  @Operation({
    summary: 'Create a ticket status',
    description: 'Returns 409 if the name is used, and 422 if the workspace has 50 custom statuses.',
    access: 'ticket_settings:write',
    response: { item: TicketStatusDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateTicketStatusDto,
  ): Promise<ItemResponse<TicketStatusDto>> {
    const input = { ...toUpdateTicketStatusInput(body), name: body.name, category: body.category };
    return toResponse(toTicketStatusDto(await this.statuses.create(workspaceId, input)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a ticket status',
    access: 'tickets:read',
    response: { item: TicketStatusDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<TicketStatusDto>> {
    return toResponse(toTicketStatusDto(await this.statuses.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a ticket status',
    description: 'Renames or moves the custom status. Returns 409 if the name is used.',
    access: 'ticket_settings:write',
    response: { item: TicketStatusDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateTicketStatusDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<TicketStatusDto>> {
    return toUpdateResponse(
      this.statuses.update(workspaceId, id, toUpdateTicketStatusInput(body), version),
      toTicketStatusDto,
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a ticket status',
    description:
      'Tickets with the custom status keep their `status`; their `custom_status` becomes null after a short delay.',
    access: 'ticket_settings:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.statuses.delete(workspaceId, id, version), toTicketStatusDto);
  }
}
