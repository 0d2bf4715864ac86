import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, Operation, toResponse, toUpdateResponse, type ItemResponse } from '@parley/kernel/http';
import { parsePageRequest, toListResponse, type ListResponse } from '@parley/kernel/pagination';
import { CreateTicketDto, toCreateTicketInput } from './dto/create-ticket.dto.js';
import { TicketListQueryDto, toTicketsFilter } from './dto/ticket-list-query.dto.js';
import { TicketDto, toTicketDto } from './dto/ticket.dto.js';
import { toUpdateTicketInput, UpdateTicketDto } from './dto/update-ticket.dto.js';
import { TicketActionsService } from './ticket-actions.service.js';
import { TicketCreator } from './ticket-creator.service.js';
import { TicketsService } from './tickets.service.js';

/** Tickets of contacts. */
@ApiTags('Tickets')
@Controller('v1/tickets')
export class TicketsController {
  constructor(
    private readonly tickets: TicketsService,
    private readonly creator: TicketCreator,
    private readonly actions: TicketActionsService,
  ) {}

  @Get()
  @Operation({
    summary: 'List tickets',
    description: 'Returns the tickets that match all given filters, newest first by default.',
    access: 'tickets:read',
    response: { list: TicketDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: TicketListQueryDto,
  ): Promise<ListResponse<TicketDto>> {
    const filter = toTicketsFilter(query, principal);
    const orderBy = query.order_by ?? 'created_at';
    const request = parsePageRequest(query, ['tickets', principal.workspaceId, filter, orderBy]);
    const page = await this.tickets.list(principal.workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(toTicketDto) });
  }

  @Post()
  @Operation({
    summary: 'Create a ticket',
    description:
      'Finds or creates the contact and creates a conversation as the thread of the ticket, with the description as ' +
      'the first message. With `conversation_id`, an existing conversation becomes the thread. Returns 403 if the ' +
      'contact is blocked, and 409 if `external_id` is already used.',
    access: 'tickets:write',
    response: { item: TicketDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: CreateTicketDto,
  ): Promise<ItemResponse<TicketDto>> {
    return toResponse(toTicketDto(await this.creator.create(workspaceId, toCreateTicketInput(body, userId))));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a ticket',
    description: 'Use `GET /v1/conversations/{conversation_id}/messages` for the messages of its conversation.',
    access: 'tickets:read',
    response: { item: TicketDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<TicketDto>> {
    return toResponse(toTicketDto(await this.tickets.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a ticket',
    description:
      'Applies all fields or none, and emits one event for all changes. A conversation that was created with the ' +
      'ticket is resolved, closed and reopened with it.',
    access: 'tickets:write',
    response: { item: TicketDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateTicketDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<TicketDto>> {
    return toUpdateResponse(
      this.actions.update(workspaceId, id, toUpdateTicketInput(body, userId), version),
      toTicketDto,
    );
  }

  @Post(':id/resolve')
  @Operation({
    summary: 'Resolve a ticket',
    description: 'Sets the status to `resolved`. The ticket reopens when the contact writes in its conversation.',
    access: 'tickets:write',
    response: { item: TicketDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async resolve(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<TicketDto>> {
    return toUpdateResponse(this.actions.resolve(workspaceId, id, version), toTicketDto);
  }

  @Post(':id/close')
  @Operation({
    summary: 'Close a ticket',
    description: 'Sets the status to `closed`. Messages do not reopen a closed ticket.',
    access: 'tickets:write',
    response: { item: TicketDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async close(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<TicketDto>> {
    return toUpdateResponse(this.actions.close(workspaceId, id, version), toTicketDto);
  }

  @Post(':id/reopen')
  @Operation({
    summary: 'Reopen a ticket',
    description: 'Sets the status to `open`, from any other status.',
    access: 'tickets:write',
    response: { item: TicketDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async reopen(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<TicketDto>> {
    return toUpdateResponse(this.actions.reopen(workspaceId, id, version), toTicketDto);
  }
}
