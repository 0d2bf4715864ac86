import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { BlocksService } from './blocks.service.js';
import {
  BlockedVisitorDto,
  BlockedVisitorListQueryDto,
  BlockVisitorDto,
  toBlockedVisitorDto,
  toBlocksFilter,
  toBlockVisitorInput,
} from './dto/blocked-visitor.dto.js';

/** Who is kept from writing in. */
@ApiTags('Identity')
@Controller('v1/blocked-visitors')
export class BlockedVisitorsController {
  constructor(private readonly blocks: BlocksService) {}

  @Get()
  @Operation({
    summary: 'List who is blocked',
    description: 'The newest block first, unless told otherwise.',
    access: 'contacts:read',
    response: { list: BlockedVisitorDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: BlockedVisitorListQueryDto,
  ): Promise<ListResponse<BlockedVisitorDto>> {
    const filter = toBlocksFilter(query);
    const request = parsePageRequest(query, ['blocked-visitors', workspaceId, filter]);
    const page = await this.blocks.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toBlockedVisitorDto) });
  }

  @Post()
  @Operation({
    summary: 'Block somebody',
    access: 'contacts:write',
    response: { item: BlockedVisitorDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    description:
      'What they write and conversations that they begin are refused with 403 from then on. The team can still write to them.',
  })
  async block(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: BlockVisitorDto,
  ): Promise<ItemResponse<BlockedVisitorDto>> {
    return toResponse(
      toBlockedVisitorDto(
        await this.blocks.block(workspaceId, toBlockVisitorInput(body), body.reason ?? null, body.expires_at ?? null),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a block',
    description:
      'Whom it keeps from writing in, why, who has set it, and until when. A block that has ended or was lifted is gone.',
    access: 'contacts:read',
    response: { item: BlockedVisitorDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<BlockedVisitorDto>> {
    return toResponse(toBlockedVisitorDto(await this.blocks.get(workspaceId, id)));
  }

  @Delete(':id')
  @Operation({
    summary: 'Unblock somebody',
    description: 'Whoever is blocked by another block as well stays blocked.',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async unblock(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.blocks.unblock(workspaceId, id);
  }
}
