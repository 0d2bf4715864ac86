import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
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
    answer: { list: FileFolderDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: FileFolderListQueryDto,
  ): Promise<ListBody<FileFolderDto>> {
    const filter = { q: query.q, ...timeRangeOf(query) };
    const request = pageRequest({ order_dir: 'asc', ...query }, ['file-folders', workspaceId, filter]);
    const page = await this.folders.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toFileFolderDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a folder',
    description: 'Names are unique regardless of case. Uploading a file into a folder by a new name makes it, too.',
    access: 'files:write',
    answer: { one: FileFolderDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: WriteFileFolderDto,
  ): Promise<One<FileFolderDto>> {
    return one(toFileFolderDto(await this.folders.create(workspaceId, body.name)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a folder',
    description: 'Its name and how many files are in it; the files are in `GET /v1/files?folder=`.',
    access: 'files:read',
    answer: { one: FileFolderDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<FileFolderDto>> {
    return one(toFileFolderDto(await this.folders.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Rename a folder',
    description: 'The files stay in it. A name that another has, regardless of case, is refused.',
    access: 'files:write',
    answer: { one: FileFolderDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: WriteFileFolderDto,
    @IfMatch() version: number | null,
  ): Promise<One<FileFolderDto>> {
    return oneChanged(this.folders.rename(workspaceId, id, body.name, version), toFileFolderDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a folder',
    description: 'Refused while files are in it: move or delete them first.',
    access: 'files:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.folders.delete(workspaceId, id, version), toFileFolderDto);
  }
}
