import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  DeletedObjectDto,
  ReferencesDto,
  ReferencesService,
  type ReferenceTarget,
  toDeletionResponse,
  toReferencesDto,
} from '@parley/kernel/references';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { CUSTOM_FIELD, customFieldId } from '../identity.references.js';
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

@ApiTags('Custom fields')
@Controller('v1/attribute-definitions')
export class AttributeDefinitionsController {
  constructor(
    private readonly definitions: AttributeDefinitionsService,
    private readonly references: ReferencesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List attribute definitions',
    description: 'Returns definitions of custom fields, newest first by default.',
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
    summary: 'Create an attribute definition',
    access: 'settings:write',
    response: { item: AttributeDefinitionDto, status: 201 },
    errors: ['CONFLICT'],
    description:
      'Defines a key of `custom_fields`. Later writes of other value types to this key fail with 400. Keys ' +
      'without a definition accept any value, unless the workspace setting `strict_attributes` is true. Fails ' +
      'with 409 if the key is already defined for this resource.',
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
    summary: 'Get an attribute definition',
    access: 'settings:read',
    response: { item: AttributeDefinitionDto },
    errors: ['NOT_FOUND'],
    description: 'Returns the type and the allowed values of one key of `custom_fields`.',
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<AttributeDefinitionDto>> {
    return toResponse(toAttributeDefinitionDto(await this.definitions.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update an attribute definition',
    description:
      'Existing values stay unchanged, even if they are no longer valid. `key`, `type` and `applies_to` cannot ' +
      'be changed.',
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
    summary: 'Delete an attribute definition',
    description:
      'Keeps existing values. The key then accepts any value, unless the workspace setting `strict_attributes` ' +
      'is true. If other objects refer to the field, such as segments and automations, the response is 200 and lists ' +
      'them; `GET /v1/attribute-definitions/{id}/references` lists them beforehand.',
    access: 'settings:write',
    response: { deletion: DeletedObjectDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<DeletedObjectDto> | undefined> {
    const target = await this.findTarget(principal, id);
    const remove = () =>
      toUpdateResponse(this.definitions.delete(principal.workspaceId, id, version), toAttributeDefinitionDto);
    return toDeletionResponse(id, await this.references.listBefore(principal, target, remove));
  }

  @Get(':id/references')
  @Operation({
    summary: 'List references to a custom field',
    description: 'Returns the segments, saved views and automations that refer to the field.',
    access: 'settings:read',
    response: { raw: ReferencesDto },
    errors: ['NOT_FOUND'],
  })
  async listReferences(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ReferencesDto> {
    return toReferencesDto(await this.references.list(principal, await this.findTarget(principal, id)));
  }

  private async findTarget({ workspaceId }: Principal, id: string): Promise<ReferenceTarget> {
    const { appliesTo, key } = await this.definitions.get(workspaceId, id);
    return { type: CUSTOM_FIELD, id: customFieldId(appliesTo, key) };
  }
}
