import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import {
  IdParam,
  parseIdFilter,
  IfMatch,
  toResponse,
  toUpdateResponse,
  Operation,
  type ItemResponse,
} from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { FilesService } from '../files/files.service.js';
import { CannedResponseMapper } from './canned-response-mapper.service.js';
import { CannedResponsesService } from './canned-responses.service.js';
import {
  CannedResponseDto,
  CannedResponseListQueryDto,
  CreateCannedResponseDto,
  RenderCannedResponseDto,
  RenderedResponseDto,
  toCannedResponseInput,
  toRenderedResponseDto,
  UpdateCannedResponseDto,
} from './dto/canned-response.dto.js';

/** Reusable message texts of the workspace, a team, or a user. */
@ApiTags('Canned responses')
@Controller('v1/canned-responses')
export class CannedResponsesController {
  private readonly buildFileUrl = (fileId: string): string => this.files.buildUrl(fileId);

  constructor(
    private readonly responses: CannedResponsesService,
    private readonly mapper: CannedResponseMapper,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List canned responses',
    description:
      'Returns the canned responses that the caller can use, sorted by shortcut. With `q`, responses ' +
      'whose shortcut starts with `q` come first.',
    access: 'conversations:read',
    response: { list: CannedResponseDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: CannedResponseListQueryDto,
  ): Promise<ListResponse<CannedResponseDto>> {
    const filter = {
      q: query.q,
      visibility: query.visibility,
      teams: parseIdFilter('team', query.team, { none: true }),
      ...toTimeRange(query),
    };
    const request = parsePageRequest({ order_dir: 'asc', ...query }, [
      'canned-responses',
      principal.workspaceId,
      principal.userId,
      filter,
    ]);
    const page = await this.responses.list(principal, filter, request);
    return toListResponse(request, { ...page, items: await this.mapper.toDtos(principal.workspaceId, page.items) });
  }

  @Post()
  @Operation({
    summary: 'Create a canned response',
    description:
      'Creates a canned response for the whole workspace, unless `visibility` is set. A team response ' +
      'requires a team that the caller is a member of. Returns 400 if `content` is not valid Liquid or ' +
      'contains unknown variables.',
    access: 'conversations:write',
    response: { item: CannedResponseDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateCannedResponseDto,
  ): Promise<ItemResponse<CannedResponseDto>> {
    const { shortcut, content } = body;
    const fields = {
      visibility: 'workspace',
      teamId: null,
      contentType: 'text',
      attachmentIds: [],
      ...toCannedResponseInput(body),
      shortcut,
      content,
    } as const;
    return toResponse(await this.mapper.toDto(principal.workspaceId, await this.responses.create(principal, fields)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a canned response',
    description:
      'Returns the template as stored, with variables not replaced; use `POST …/render` to replace ' +
      'them. Returns 404 for personal responses of other users and for responses of teams that the ' +
      'caller is not a member of.',
    access: 'conversations:read',
    response: { item: CannedResponseDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ItemResponse<CannedResponseDto>> {
    return toResponse(await this.mapper.toDto(principal.workspaceId, await this.responses.get(principal, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a canned response',
    description:
      'Anyone who can use a canned response can update it. Setting `visibility` to `personal` makes ' +
      'the caller its owner.',
    access: 'conversations:write',
    response: { item: CannedResponseDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateCannedResponseDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<CannedResponseDto>> {
    return toUpdateResponse(this.responses.update(principal, id, toCannedResponseInput(body), version), (view) =>
      this.mapper.toDto(principal.workspaceId, view),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a canned response',
    description:
      'Anyone who can use a canned response can delete it. Messages that were sent with it are not affected.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.responses.delete(principal, id, version), (view) =>
      this.mapper.toDto(principal.workspaceId, view),
    );
  }

  @Post(':id/render')
  @Operation({
    summary: 'Render a canned response',
    description:
      'Replaces its variables with data of a conversation and of the caller. Does not send a message; ' +
      'increments `usage_count`.',
    access: 'conversations:write',
    response: { item: RenderedResponseDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async render(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: RenderCannedResponseDto,
  ): Promise<ItemResponse<RenderedResponseDto>> {
    return toResponse(
      toRenderedResponseDto(await this.responses.render(principal, id, body.conversation_id), this.buildFileUrl),
    );
  }
}
