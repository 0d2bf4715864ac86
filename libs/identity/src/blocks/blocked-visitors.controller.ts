import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  listBody,
  one,
  Operation,
  pageRequest,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { BlocksService } from './blocks.service.js';
import {
  BlockedVisitorDto,
  BlockedVisitorListQueryDto,
  BlockVisitorDto,
  toBlockedVisitorDto,
  toBlocksFilter,
  toBlockTarget,
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
    answer: { list: BlockedVisitorDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: BlockedVisitorListQueryDto,
  ): Promise<ListBody<BlockedVisitorDto>> {
    const filter = toBlocksFilter(query);
    const request = pageRequest(query, ['blocked-visitors', workspaceId, filter]);
    const page = await this.blocks.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toBlockedVisitorDto) });
  }

  @Post()
  @Operation({
    summary: 'Block somebody',
    access: 'contacts:write',
    answer: { one: BlockedVisitorDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    description:
      'What they write and conversations that they begin are refused with 403 from then on. The team can still write to them.',
  })
  async block(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: BlockVisitorDto,
  ): Promise<One<BlockedVisitorDto>> {
    return one(
      toBlockedVisitorDto(
        await this.blocks.block(workspaceId, toBlockTarget(body), body.reason ?? null, body.expires_at ?? null),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a block',
    description:
      'Whom it keeps from writing in, why, who has set it, and until when. A block that has ended or was lifted is gone.',
    access: 'contacts:read',
    answer: { one: BlockedVisitorDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<BlockedVisitorDto>> {
    return one(toBlockedVisitorDto(await this.blocks.get(workspaceId, id)));
  }

  @Delete(':id')
  @Operation({
    summary: 'Unblock somebody',
    description: 'Whoever is blocked by another block as well stays blocked.',
    access: 'contacts:write',
    answer: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async unblock(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.blocks.lift(workspaceId, id);
  }
}
