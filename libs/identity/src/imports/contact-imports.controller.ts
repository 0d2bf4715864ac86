import { Readable } from 'node:stream';
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { badRequestError, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, MaxUploadBytes, toResponse, Operation, uploadsOf, type ItemResponse } from '@parley/kernel/http';
import {
  CreatedPageQueryDto,
  toListResponse,
  parsePageRequest,
  toTimeRange,
  type ListResponse,
} from '@parley/kernel/pagination';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ContactImportsService, MAX_IMPORT_BYTES } from './contact-imports.service.js';
import {
  CreateImportDto,
  ImportDto,
  ImportErrorsQueryDto,
  toImportDto,
  toCreateImportInput,
} from './dto/import.dto.js';
import { ImportFinalizer } from './import-finalizer.service.js';
import type { ImportView } from './import.view.js';

const FILE_SCHEMA = {
  type: 'string',
  format: 'binary',
  description:
    'CSV in UTF-8, at most 512 MB, whose first line names the columns. Delimited by commas, semicolons, tabs or bars.',
};
const FORM_SCHEMA = {
  mapping: {
    type: 'string',
    maxLength: 100_000,
    description:
      'The field of each column, as JSON. Without it, columns are taken for what they are called, also by the keys of defined fields.',
    example: '{"E-mail":"email","Full name":"name","Plan":"custom_fields.plan"}',
  },
  upsert_by: {
    type: 'string',
    enum: ['email', 'identifier', 'none'],
    description: 'What tells whether a contact is known. Default email.',
  },
  on_conflict: {
    type: 'string',
    enum: ['update', 'skip'],
    description: 'What becomes of who is known. Default update.',
  },
  tags: {
    type: 'string',
    maxLength: 1000,
    description: 'Tags for everybody in the file, comma-separated.',
    example: 'imported',
  },
  dry_run: { type: 'boolean', description: 'Whether to change nothing and only count.', example: false },
};

/** Files of contacts that are taken in. */
@ApiTags('Identity')
@Controller('v1/contacts/imports')
export class ContactImportsController {
  constructor(
    private readonly imports: ContactImportsService,
    private readonly finalizer: ImportFinalizer,
  ) {}

  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: FILE_SCHEMA, ...FORM_SCHEMA } } })
  @MaxUploadBytes(MAX_IMPORT_BYTES)
  @Operation({
    summary: 'Import contacts',
    description:
      'Takes a CSV file in, up to a million rows and more, in the background. Each thousand rows are one transaction and one event, `contact_import.progressed`, with the ids of who is new; changes of known contacts are events of their own.',
    access: 'contacts:write',
    response: { item: ImportDto, status: 202 },
    errors: ['PAYLOAD_TOO_LARGE'],
    rateClass: 'import_export',
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Req() request: FastifyRequest,
    @Body() body: CreateImportDto,
  ): Promise<ItemResponse<ImportDto>> {
    const uploads = uploadsOf(request);
    if (uploads.length !== 1) throw badRequestError({ file: ['send exactly one file, as multipart/form-data'] });
    return toResponse(this.toDto(await this.imports.create(workspaceId, uploads[0]!, toCreateImportInput(body))));
  }

  @Get()
  @Operation({
    summary: 'List imports',
    description: 'The last first. Kept for 30 days after their end.',
    access: 'contacts:read',
    response: { list: ImportDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: CreatedPageQueryDto,
  ): Promise<ListResponse<ImportDto>> {
    const range = toTimeRange(query);
    const request = parsePageRequest(query, ['imports', workspaceId, range]);
    const page = await this.imports.list(workspaceId, range, request);
    return toListResponse(request, { ...page, items: page.items.map((view) => this.toDto(view)) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get an import',
    access: 'contacts:read',
    response: { item: ImportDto },
    errors: ['NOT_FOUND'],
    description:
      'How far the file has been read, what became of its rows so far, and a link to those that could not be taken in. Kept for 30 days after its end.',
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<ImportDto>> {
    return toResponse(this.toDto(await this.imports.get(workspaceId, id)));
  }

  @Post(':id/cancel')
  @Operation({
    summary: 'Cancel an import',
    description: 'What it has taken in so far stays. Nothing happens to one that has ended.',
    access: 'contacts:write',
    response: { item: ImportDto },
    errors: ['NOT_FOUND'],
  })
  async cancel(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ImportDto>> {
    return toResponse(this.toDto(await this.finalizer.cancel(workspaceId, id)));
  }

  @Get(':id/errors')
  @Operation({
    summary: 'Download the rows that an import could not take in',
    description: 'By the signed link that `errors_url` gives: the rows as they stood in the file, with the reasons.',
    access: 'public',
    response: { media: 'text/csv', description: 'The rows.' },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  })
  async errors(@IdParam() id: string, @Query() query: ImportErrorsQueryDto, @Res() reply: FastifyReply): Promise<void> {
    const rows = await this.imports.exportErrors(id, query);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="import-errors.csv"')
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from(rows));
  }

  private toDto(view: ImportView): ImportDto {
    return toImportDto(view, this.imports.buildErrorsUrl(view));
  }
}
