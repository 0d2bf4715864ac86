import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { AttributeDefinitionsService } from './attribute-definitions.service.js';
import {
  AttributeDefinitionDto,
  AttributeDefinitionListQueryDto,
  CreateAttributeDefinitionDto,
  toUpdateAttributeDefinitionInput,
  toAttributeDefinitionDto,
  toCreateAttributeDefinitionInput,
  UpdateAttributeDefinitionDto,
} from './dto/attribute-definition.dto.js';

/** What fields of a workspace's own are, and may hold. */
@ApiTags('Identity')
@Controller('v1/attribute-definitions')
export class AttributeDefinitionsController {
  constructor(private readonly definitions: AttributeDefinitionsService) {}

  @Get()
  @Operation({
    summary: 'List defined fields',
    description: 'The newest first, unless told otherwise.',
    access: 'settings:read',
    response: { list: AttributeDefinitionDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: AttributeDefinitionListQueryDto,
  ): Promise<ListResponse<AttributeDefinitionDto>> {
    const filter = { appliesTo: query.applies_to, ...toTimeRange(query) };
    const request = parsePageRequest(query, ['attribute-definitions', workspaceId, filter]);
    const page = await this.definitions.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toAttributeDefinitionDto) });
  }

  @Post()
  @Operation({
    summary: 'Define a field',
    access: 'settings:write',
    response: { item: AttributeDefinitionDto, status: 201 },
    errors: ['CONFLICT'],
    description:
      'From then on `custom_fields` with this key take values of this type only; 400 names the field. Keys that nobody has defined stay free.',
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateAttributeDefinitionDto,
  ): Promise<ItemResponse<AttributeDefinitionDto>> {
    return toResponse(
      toAttributeDefinitionDto(await this.definitions.create(workspaceId, toCreateAttributeDefinitionInput(body))),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get the definition of a field',
    access: 'settings:read',
    response: { item: AttributeDefinitionDto },
    errors: ['NOT_FOUND'],
    description:
      'What `custom_fields` with this key may hold on contacts, companies or conversations, whichever it is for.',
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<AttributeDefinitionDto>> {
    return toResponse(toAttributeDefinitionDto(await this.definitions.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change the definition of a field',
    description: 'Values that are there already stay as they are. Key and type do not change.',
    access: 'settings:write',
    response: { item: AttributeDefinitionDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateAttributeDefinitionDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<AttributeDefinitionDto>> {
    return toUpdateResponse(
      this.definitions.update(workspaceId, id, toUpdateAttributeDefinitionInput(body), version),
      toAttributeDefinitionDto,
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete the definition of a field',
    description: 'Values stay, and may be anything from then on.',
    access: 'settings:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.definitions.delete(workspaceId, id, version), toAttributeDefinitionDto);
  }
}
