import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, withFieldAliases, type ItemResponse } from '@parley/kernel/http';
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

@ApiTags('Blocked visitors')
@Controller('v1/blocked-visitors')
export class BlockedVisitorsController {
  constructor(private readonly blocks: BlocksService) {}

  @Get()
  @Operation({
    summary: 'List blocked visitors',
    description: 'Returns blocks, newest first by default.',
    access: 'contacts:read',
    response: { list: BlockedVisitorDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: BlockedVisitorListQueryDto,
  ): Promise<ListResponse<BlockedVisitorDto>> {
    const filter = toBlocksFilter(query);
    const request = parsePageRequest(query, ['blocked-visitors', workspaceId, filter]);
    const page = await withFieldAliases({ network: 'ipAddress' }, () => this.blocks.list(workspaceId, filter, request));
    return toListResponse(request, { ...page, items: page.items.map(toBlockedVisitorDto) });
  }

  @Post()
  @Operation({
    summary: 'Block a visitor',
    access: 'contacts:write',
    response: { item: BlockedVisitorDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    description:
      'New messages and conversations of a blocked visitor are rejected with 403. Agents can still write to ' +
      'the contact. Sets `blocked` on affected contacts. Fails with 409 if the target is already blocked.',
  })
  async block(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: BlockVisitorDto,
  ): Promise<ItemResponse<BlockedVisitorDto>> {
    return toResponse(
      toBlockedVisitorDto(
        await withFieldAliases({ address: 'ipAddress' }, () =>
          this.blocks.block(workspaceId, toBlockVisitorInput(body), body.reason ?? null, body.expires_at ?? null),
        ),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a blocked visitor',
    description:
      'Returns the target, reason, creator and end of a block. Fails with 404 if the block has expired or was ' +
      'deleted.',
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
    summary: 'Unblock a visitor',
    description: 'Deletes the block. A contact stays blocked if another block applies to it.',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async unblock(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.blocks.unblock(workspaceId, id);
  }
}
