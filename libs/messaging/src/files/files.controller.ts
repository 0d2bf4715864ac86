import { Body, Controller, Delete, Get, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { badRequestError, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { FileDeliveryService } from '@parley/kernel/files';
import { IdParam, toResponse, Operation, uploadsOf, type ItemResponse } from '@parley/kernel/http';
import {
  DeletedObjectDto,
  ReferencesDto,
  ReferencesService,
  toDeletionResponse,
  toReferencesDto,
} from '@parley/kernel/references';
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
import { FILE } from '../messaging.references.js';
import { FilesService } from './files.service.js';

/** Files and message attachments. */
@ApiTags('Files')
@Controller('v1/files')
export class FilesController {
  constructor(
    private readonly files: FilesService,
    private readonly delivery: FileDeliveryService,
    private readonly references: ReferencesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List files',
    description:
      'Returns uploaded files and files that arrived with messages, newest first. Each has a new ' +
      'signed link to its content.',
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
        file: { type: 'string', format: 'binary', description: 'File content, at most 40 MB.' },
        folder: {
          type: 'string',
          maxLength: 200,
          description: 'Name of the folder to store the file in. The folder is created if it does not exist.',
          example: 'contracts',
        },
      },
    },
  })
  @Operation({
    summary: 'Upload a file',
    description:
      'Expects `multipart/form-data` with one file in the field `file`. Use the returned ID to attach ' +
      'the file to a message.',
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
    if (uploads.length !== 1) throw badRequestError({ file: ['Send exactly one file as multipart/form-data'] });
    return this.files.store(workspaceId, uploads, body.folder ?? null, async ([file]) =>
      toResponse(toFileDto(file!, this.files.buildUrl(file!.id))),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a file',
    description: 'Returns the file with a new signed link to its content.',
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
    description:
      'Requires the signed link from the `url` of a file. Supports `Range` requests. Returns 403 if ' +
      'the link is invalid or expired.',
    access: 'public',
    response: { media: 'application/octet-stream', description: 'Content of the file.' },
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
    description:
      'Renames a file or moves it to another folder. Existing messages keep the previous name of the attachment.',
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
      'Deletes the file and its content; existing links stop working. Returns 409 while a message has ' +
      'the file as an attachment; delete the message first. If canned responses or scheduled messages have the file as ' +
      'an attachment, the response is 200 and lists them; `GET /v1/files/{id}/references` lists them beforehand.',
    access: 'files:write',
    response: { deletion: DeletedObjectDto },
    errors: ['NOT_FOUND', 'CONFLICT'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<DeletedObjectDto> | undefined> {
    const remove = () => this.files.delete(principal.workspaceId, id);
    return toDeletionResponse(id, await this.references.listBefore(principal, { type: FILE, id }, remove));
  }

  @Get(':id/references')
  @Operation({
    summary: 'List references to a file',
    description: 'Returns the canned responses and unsent scheduled messages that have the file as an attachment.',
    access: 'files:read',
    response: { raw: ReferencesDto },
    errors: ['NOT_FOUND'],
  })
  async listReferences(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ReferencesDto> {
    const get = () => this.files.get(principal.workspaceId, id);
    return toReferencesDto(await this.references.listBefore(principal, { type: FILE, id }, get));
  }
}
