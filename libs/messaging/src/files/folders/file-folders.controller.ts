import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { FileFolderDto, FileFolderListQueryDto, toFileFolderDto, WriteFileFolderDto } from '../dto/file-folder.dto.js';
import { FileFoldersService } from './file-folders.service.js';

/** Folders of files. */
@ApiTags('Files')
@Controller('v1/file-folders')
export class FileFoldersController {
  constructor(private readonly folders: FileFoldersService) {}

  @Get()
  @Operation({
    summary: 'List folders',
    description: 'Returns the folders with the number of files in each, sorted by name, case-insensitive.',
    access: 'files:read',
    response: { list: FileFolderDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: FileFolderListQueryDto,
  ): Promise<ListResponse<FileFolderDto>> {
    const filter = { q: query.q, ...toTimeRange(query) };
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['file-folders', workspaceId, filter]);
    const page = await this.folders.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toFileFolderDto) });
  }

  @Post()
  @Operation({
    summary: 'Create a folder',
    description:
      'Names are unique, case-insensitive; returns 409 if the name is already used. Uploading a file ' +
      'to a folder that does not exist also creates it.',
    access: 'files:write',
    response: { item: FileFolderDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: WriteFileFolderDto,
  ): Promise<ItemResponse<FileFolderDto>> {
    return toResponse(toFileFolderDto(await this.folders.create(workspaceId, body.name)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a folder',
    description: 'Returns the folder with the number of files in it. Use `GET /v1/files?folder=` to list the files.',
    access: 'files:read',
    response: { item: FileFolderDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<FileFolderDto>> {
    return toResponse(toFileFolderDto(await this.folders.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Rename a folder',
    description:
      'Renames the folder; its files stay in it. Returns 409 if another folder has the same name, ' +
      'case-insensitive.',
    access: 'files:write',
    response: { item: FileFolderDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: WriteFileFolderDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<FileFolderDto>> {
    return toUpdateResponse(this.folders.rename(workspaceId, id, body.name, version), toFileFolderDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a folder',
    description: 'Deletes an empty folder. Returns 409 while it contains files; move or delete them first.',
    access: 'files:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.folders.delete(workspaceId, id, version), toFileFolderDto);
  }
}
