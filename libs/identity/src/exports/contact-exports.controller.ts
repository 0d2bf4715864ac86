import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreatedPageQueryDto,
  CurrentPrincipal,
  FileDelivery,
  IdParam,
  listBody,
  one,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ContactExports } from './contact-exports.service.js';
import { CreateExportDto, ExportDto, ExportFileQueryDto, toExportDto, toExportOptions } from './dto/export.dto.js';
import type { ExportView } from './export.view.js';

/** Files that contacts are written to. */
@ApiTags('Identity')
@Controller('v1/contacts/exports')
export class ContactExportsController {
  constructor(
    private readonly exports: ContactExports,
    private readonly delivery: FileDelivery,
  ) {}

  @Post()
  @Operation({
    summary: 'Export contacts',
    description:
      'Writes contacts to a file in the background. Cells of a table that begin like a formula are marked as text.',
    access: 'contacts:read',
    answer: { one: ExportDto, status: 202 },
    rate: 'import_export',
  })
  async create(@CurrentPrincipal() { workspaceId }: Principal, @Body() body: CreateExportDto): Promise<One<ExportDto>> {
    return one(this.show(await this.exports.ofMany(workspaceId, toExportOptions(body))));
  }

  @Get()
  @Operation({
    summary: 'List exports',
    description: 'The last first. Kept for 30 days; their files for one.',
    access: 'contacts:read',
    answer: { list: ExportDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: CreatedPageQueryDto,
  ): Promise<ListBody<ExportDto>> {
    const range = timeRangeOf(query);
    const request = pageRequest(query, ['exports', workspaceId, range]);
    const page = await this.exports.list(workspaceId, range, request);
    return listBody(request, { ...page, items: page.items.map((view) => this.show(view)) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get an export',
    description: 'With its progress, and the link to its file once that is there.',
    access: 'contacts:read',
    answer: { one: ExportDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ExportDto>> {
    return one(this.show(await this.exports.get(workspaceId, id)));
  }

  @Get(':id/file')
  @Operation({
    summary: 'Download the file of an export',
    description: 'By the signed link that `url` gives.',
    access: 'public',
    answer: { media: '*/*', description: 'The file.' },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  })
  async file(
    @IdParam() id: string,
    @Query() query: ExportFileQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.delivery.send(request, reply, await this.exports.ofLink(id, query));
  }

  private show(view: ExportView): ExportDto {
    return toExportDto(view, this.exports.linkTo(view));
  }
}
