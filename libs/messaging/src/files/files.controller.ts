import { Body, Controller, Delete, Get, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { badRequestError, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { FileDeliveryService } from '@parley/kernel/files';
import { IdParam, toResponse, Operation, uploadsOf, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  FileContentQueryDto,
  FileDto,
  FileListQueryDto,
  toFileDto,
  toFilesFilter,
  UpdateFileDto,
  UploadFileDto,
} from './dto/file.dto.js';
import { FilesService } from './files.service.js';

/** Files that messages carry. */
@ApiTags('Messaging')
@Controller('v1/files')
export class FilesController {
  constructor(
    private readonly files: FilesService,
    private readonly delivery: FileDeliveryService,
  ) {}

  @Get()
  @Operation({
    summary: 'List files',
    description:
      'Uploaded ones and those that came with messages, each with a fresh link to its content. The last stored first.',
    access: 'files:read',
    response: { list: FileDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: FileListQueryDto,
  ): Promise<ListResponse<FileDto>> {
    const filter = toFilesFilter(query);
    const request = parsePageRequest(query, ['files', workspaceId, filter]);
    const page = await this.files.list(workspaceId, filter, request);
    return toListResponse(request, {
      ...page,
      items: page.items.map((file) => toFileDto(file, this.files.buildUrl(file.id))),
    });
  }

  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary', description: 'The file, at most 40 MB.' },
        folder: {
          type: 'string',
          maxLength: 200,
          description: 'Name of a folder to file it under; one that is not there yet is made.',
          example: 'contracts',
        },
      },
    },
  })
  @Operation({
    summary: 'Upload a file',
    description: 'Send it as `multipart/form-data` in the field `file`; attach it to a message by its id.',
    access: 'files:write',
    response: { item: FileDto, status: 201 },
    errors: ['PAYLOAD_TOO_LARGE'],
  })
  async upload(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Req() request: FastifyRequest,
    @Body() body: UploadFileDto,
  ): Promise<ItemResponse<FileDto>> {
    const uploads = uploadsOf(request);
    if (uploads.length !== 1) throw badRequestError({ file: ['send exactly one file, as multipart/form-data'] });
    return this.files.store(workspaceId, uploads, body.folder ?? null, async ([file]) =>
      toResponse(toFileDto(file!, this.files.buildUrl(file!.id))),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a file',
    description: 'What it is, with a fresh link to its content.',
    access: 'files:read',
    response: { item: FileDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<FileDto>> {
    return toResponse(toFileDto(await this.files.get(workspaceId, id), this.files.buildUrl(id)));
  }

  @Get(':id/content')
  @Operation({
    summary: 'Download a file',
    description: 'By a signed link, as `url` gives it. Takes `Range`.',
    access: 'public',
    response: { media: 'application/octet-stream', description: 'The bytes.' },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  })
  async content(
    @IdParam() id: string,
    @Query() query: FileContentQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.getByLink(id, query);
    await this.delivery.send(request, reply, {
      key: file.storageKey,
      name: query.name ?? file.name,
      type: file.mimeType,
      size: file.size,
      sha256: file.sha256,
    });
  }

  @Patch(':id')
  @Operation({
    summary: 'Rename or move a file',
    description: 'Messages that carry it go on showing the name that it had when they were written.',
    access: 'files:write',
    response: { item: FileDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateFileDto,
  ): Promise<ItemResponse<FileDto>> {
    return toResponse(
      toFileDto(
        await this.files.update(workspaceId, id, { name: body.name, folderId: body.folder_id }),
        this.files.buildUrl(id),
      ),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a file',
    description:
      'Its bytes are gone, and links to it lead nowhere. Refused while a message carries it: take the message back first.',
    access: 'files:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'CONFLICT'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.files.delete(workspaceId, id);
  }
}
