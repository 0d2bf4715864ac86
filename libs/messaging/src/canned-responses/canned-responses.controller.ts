import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  idsOrWords,
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
import { FilesService } from '../files/files.service.js';
import { CannedResponsesService } from './canned-responses.service.js';
import {
  CannedResponseDto,
  CannedResponseListQueryDto,
  CreateCannedResponseDto,
  RenderCannedResponseDto,
  RenderedResponseDto,
  toCannedResponseDto,
  toCannedResponseFields,
  toRenderedResponseDto,
  UpdateCannedResponseDto,
} from './dto/canned-response.dto.js';

/** Texts that are written once and said often: the workspace's, a team's, or one's own. */
@ApiTags('Messaging')
@Controller('v1/canned-responses')
export class CannedResponsesController {
  private readonly linkTo = (fileId: string): string => this.files.linkTo(fileId);

  constructor(
    private readonly responses: CannedResponsesService,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List canned responses',
    description: 'All that the caller may use, by shortcut. With `q`, those first whose shortcut begins with it.',
    access: 'conversations:read',
    answer: { list: CannedResponseDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: CannedResponseListQueryDto,
  ): Promise<ListBody<CannedResponseDto>> {
    const filter = {
      q: query.q,
      visibility: query.visibility,
      teams: idsOrWords('team', query.team, { none: true }),
      ...timeRangeOf(query),
    };
    const request = pageRequest({ order_dir: 'asc', ...query }, [
      'canned-responses',
      principal.workspaceId,
      principal.userId,
      filter,
    ]);
    const page = await this.responses.list(principal, filter, request);
    return listBody(request, { ...page, items: page.items.map(toCannedResponseDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a canned response',
    description:
      'For everybody in the workspace unless `visibility` says otherwise; one for a team needs a team that the caller is in. The text is checked for unknown variables.',
    access: 'conversations:write',
    answer: { one: CannedResponseDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateCannedResponseDto,
  ): Promise<One<CannedResponseDto>> {
    const { shortcut, content } = body;
    const fields = {
      visibility: 'workspace',
      teamId: null,
      contentType: 'text',
      attachmentIds: [],
      ...toCannedResponseFields(body),
      shortcut,
      content,
    } as const;
    return one(toCannedResponseDto(await this.responses.create(principal, fields)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a canned response',
    description:
      'The text as it was written, its variables not filled in: `POST …/render` fills them in. Those of other people, and of teams that the caller is not in, are not found.',
    access: 'conversations:read',
    answer: { one: CannedResponseDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<One<CannedResponseDto>> {
    return one(toCannedResponseDto(await this.responses.get(principal, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a canned response',
    description: 'Whoever may use it may change it. What becomes personal belongs to who makes it so.',
    access: 'conversations:write',
    answer: { one: CannedResponseDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateCannedResponseDto,
    @IfMatch() version: number | null,
  ): Promise<One<CannedResponseDto>> {
    return oneChanged(this.responses.update(principal, id, toCannedResponseFields(body), version), toCannedResponseDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a canned response',
    description: 'Whoever may use it may delete it. What was said by it stays said.',
    access: 'conversations:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.responses.delete(principal, id, version), toCannedResponseDto);
  }

  @Post(':id/render')
  @Operation({
    summary: 'Fill a canned response in',
    description: 'From a conversation and whoever asks; says nothing yet, but counts as a use.',
    access: 'conversations:write',
    answer: { one: RenderedResponseDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async render(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: RenderCannedResponseDto,
  ): Promise<One<RenderedResponseDto>> {
    return one(toRenderedResponseDto(await this.responses.render(principal, id, body.conversation_id), this.linkTo));
  }
}
