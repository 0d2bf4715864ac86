import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { FileFolderDto, FileFolderListQueryDto, toFileFolderDto, WriteFileFolderDto } from '../dto/file-folder.dto.js';
import { FileFoldersService } from './file-folders.service.js';

/** Folders that files are kept in. */
@ApiTags('Messaging')
@Controller('v1/file-folders')
export class FileFoldersController {
  constructor(private readonly folders: FileFoldersService) {}

  @Get()
  @Operation({
    summary: 'List folders',
    description: 'With the number of files in each. By name, regardless of case.',
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
    summary: 'Make a folder',
    description: 'Names are unique regardless of case. Uploading a file into a folder by a new name makes it, too.',
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
    description: 'Its name and how many files are in it; the files are in `GET /v1/files?folder=`.',
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
    description: 'The files stay in it. A name that another has, regardless of case, is refused.',
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
    description: 'Refused while files are in it: move or delete them first.',
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
