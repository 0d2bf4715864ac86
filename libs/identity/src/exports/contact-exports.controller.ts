import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { FileDeliveryService } from '@parley/kernel/files';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  CreatedPageQueryDto,
  toListResponse,
  parsePageRequest,
  toTimeRange,
  type ListResponse,
} from '@parley/kernel/pagination';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IMPORT_EXPORT } from '../identity.rate-classes.js';
import { ContactExportsService } from './contact-exports.service.js';
import { CreateExportDto, ExportDto, ExportFileQueryDto, toExportDto, toCreateExportInput } from './dto/export.dto.js';
import type { ExportView } from './export.view.js';

@ApiTags('Contact imports and exports')
@Controller('v1/contacts/exports')
export class ContactExportsController {
  constructor(
    private readonly exports: ContactExportsService,
    private readonly delivery: FileDeliveryService,
  ) {}

  @Post()
  @Operation({
    summary: 'Export contacts',
    description:
      'Writes contacts to a file in the background. CSV files are in UTF-8 with a byte order mark; cells that start ' +
      'like a formula are escaped by an apostrophe, which an import removes. Get the URL of the file with `GET /v1/contacts/exports/{id}`.',
    access: 'contact_exports:write',
    response: { item: ExportDto, status: 202 },
    rateClass: IMPORT_EXPORT,
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateExportDto,
  ): Promise<ItemResponse<ExportDto>> {
    return toResponse(this.toDto(await this.exports.createForContacts(workspaceId, toCreateExportInput(body))));
  }

  @Get()
  @Operation({
    summary: 'List exports',
    description: 'Returns exports, newest first. Exports are deleted after 30 days, their files after one day.',
    access: 'contact_exports:read',
    response: { list: ExportDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: CreatedPageQueryDto,
  ): Promise<ListResponse<ExportDto>> {
    const range = toTimeRange(query);
    const request = parsePageRequest(query, ['exports', workspaceId, range]);
    const page = await this.exports.list(workspaceId, range, request);
    return toListResponse(request, { ...page, items: page.items.map((view) => this.toDto(view)) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get an export',
    description: 'Includes the progress and, once the export is completed, the URL of the file.',
    access: 'contact_exports:read',
    response: { item: ExportDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<ExportDto>> {
    return toResponse(this.toDto(await this.exports.get(workspaceId, id)));
  }

  @Get(':id/file')
  @Operation({
    summary: 'Download an export file',
    description: 'Requires the signed URL in `url`.',
    access: 'public',
    response: { media: '*/*', description: 'The file.' },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  })
  async download(
    @IdParam() id: string,
    @Query() query: ExportFileQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.delivery.send(request, reply, await this.exports.getByLink(id, query));
  }

  private toDto(view: ExportView): ExportDto {
    return toExportDto(view, this.exports.buildUrl(view));
  }
}
