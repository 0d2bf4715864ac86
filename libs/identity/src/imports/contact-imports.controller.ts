import { Readable } from 'node:stream';
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { badRequestError, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import {
  excludeFromRateClass,
  IdParam,
  MaxUploadBytes,
  toResponse,
  Operation,
  uploadsOf,
  type ItemResponse,
} from '@parley/kernel/http';
import {
  CreatedPageQueryDto,
  toListResponse,
  parsePageRequest,
  toTimeRange,
  type ListResponse,
} from '@parley/kernel/pagination';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CSV_ENCODINGS } from '../csv/csv-encoding.js';
import { IMPORT_EXPORT } from '../identity.rate-classes.js';
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
    'CSV file of at most 512 MB with a header line. The delimiter can be a comma, semicolon, tab or vertical bar, or ' +
    'the one that a first line such as `sep=;` names. UTF-8, UTF-16 and other encodings are detected.',
};
const FORM_SCHEMA = {
  mapping: {
    type: 'string',
    maxLength: 100_000,
    description:
      'Contact field of each column, as a JSON object. Columns that are not in the mapping are ignored. If ' +
      'omitted, columns are matched by name with contact fields and the keys of attribute definitions.',
    example: '{"E-mail":"email","Full name":"name","Plan":"custom_fields.plan"}',
  },
  upsert_by: {
    type: 'string',
    enum: ['email', 'identifier', 'none'],
    description: 'Field that identifies existing contacts. Default: `email`.',
  },
  on_conflict: {
    type: 'string',
    enum: ['update', 'skip'],
    description:
      "Action for rows of existing contacts. `update`: overwrites fields with the row's values; empty cells " +
      'change nothing. `skip`: skips the row. Default: `update`.',
  },
  encoding: {
    type: 'string',
    enum: [...CSV_ENCODINGS],
    description: 'Encoding of the file. If omitted, it is detected.',
    example: 'utf-8',
  },
  tags: {
    type: 'string',
    maxLength: 1000,
    description: 'Comma-separated tags to add to all contacts of the file. At most 50 tags of at most 100 characters.',
    example: 'imported',
  },
  dry_run: {
    type: 'boolean',
    description: 'If true, counts the results of the rows without changing contacts. Default: false.',
    example: false,
  },
};

@ApiTags('Contact imports and exports')
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
      'Imports a CSV file of contacts in the background; files can have more than a million rows. Each batch ' +
      'of 1,000 rows is one transaction and emits one `contact_import.progressed` event with the IDs of the ' +
      'created contacts. Updates of existing contacts emit `contact.updated`. Rows that cannot be read or imported ' +
      'are listed in the file of `errors_url`; correct and import that file. An import of an exported CSV file ' +
      'changes nothing: an apostrophe before a cell that starts like a formula is removed, `custom_fields` is a JSON ' +
      'object, and `emails`, `phones` and `tags` are lists, separated by commas, semicolons or vertical bars. More ' +
      'than one column can be mapped to such a list; its values are added to those of an existing contact. An ' +
      'address that the contact already has keeps its position: a secondary e-mail does not become primary. A ' +
      'contact is linked to the company that the row names, which is created if it does not exist; a new contact ' +
      'is linked to the company of its e-mail domain instead if there is one. At most five imports and exports ' +
      'per minute, without dry runs and failed requests; no limit in the plan `unlimited`.',
    access: 'contact_bulk:write',
    response: { item: ImportDto, status: 202 },
    errors: ['PAYLOAD_TOO_LARGE'],
    rateClass: IMPORT_EXPORT,
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Req() request: FastifyRequest,
    @Body() body: CreateImportDto,
  ): Promise<ItemResponse<ImportDto>> {
    if (body.dry_run) excludeFromRateClass(request);
    const uploads = uploadsOf(request);
    if (uploads.length !== 1)
      throw badRequestError({ file: ['send exactly one file as multipart/form-data in the field "file"'] });
    return toResponse(this.toDto(await this.imports.create(workspaceId, uploads[0]!, toCreateImportInput(body))));
  }

  @Get()
  @Operation({
    summary: 'List imports',
    description: 'Returns imports, newest first. Imports are deleted 30 days after their end.',
    access: 'contact_bulk:read',
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
    access: 'contact_bulk:read',
    response: { item: ImportDto },
    errors: ['NOT_FOUND'],
    description:
      'Returns the progress of the import, the number of rows by result, and a URL of the failed and incomplete rows. ' +
      'Imports are deleted 30 days after their end.',
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<ImportDto>> {
    return toResponse(this.toDto(await this.imports.get(workspaceId, id)));
  }

  @Post(':id/cancel')
  @Operation({
    summary: 'Cancel an import',
    description: 'Imported rows remain. Does nothing if the import has ended.',
    access: 'contact_bulk:write',
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
    summary: 'Download failed import rows',
    description:
      'Requires the signed URL in `errors_url`. Returns the failed and incomplete rows as CSV in UTF-8 with a byte order mark: row ' +
      'number, reasons and original cells. Cells that start like a formula are escaped by an apostrophe, which an ' +
      'import removes.',
    access: 'public',
    response: { media: 'text/csv', description: 'Failed rows.' },
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
