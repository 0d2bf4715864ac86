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
import { AttributeDefinitionsService } from './attribute-definitions.service.js';
import {
  AttributeDefinitionDto,
  AttributeDefinitionListQueryDto,
  CreateAttributeDefinitionDto,
  toAttributeChange,
  toAttributeDefinitionDto,
  toNewAttribute,
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
    answer: { list: AttributeDefinitionDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: AttributeDefinitionListQueryDto,
  ): Promise<ListBody<AttributeDefinitionDto>> {
    const filter = { appliesTo: query.applies_to, ...timeRangeOf(query) };
    const request = pageRequest(query, ['attribute-definitions', workspaceId, filter]);
    const page = await this.definitions.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toAttributeDefinitionDto) });
  }

  @Post()
  @Operation({
    summary: 'Define a field',
    access: 'settings:write',
    answer: { one: AttributeDefinitionDto, status: 201 },
    errors: ['CONFLICT'],
    description:
      'From then on `custom_fields` with this key take values of this type only; 400 names the field. Keys that nobody has defined stay free.',
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateAttributeDefinitionDto,
  ): Promise<One<AttributeDefinitionDto>> {
    return one(toAttributeDefinitionDto(await this.definitions.create(workspaceId, toNewAttribute(body))));
  }

  @Get(':id')
  @Operation({
    summary: 'Get the definition of a field',
    access: 'settings:read',
    answer: { one: AttributeDefinitionDto },
    errors: ['NOT_FOUND'],
    description:
      'What `custom_fields` with this key may hold on contacts, companies or conversations, whichever it is for.',
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<One<AttributeDefinitionDto>> {
    return one(toAttributeDefinitionDto(await this.definitions.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change the definition of a field',
    description: 'Values that are there already stay as they are. Key and type do not change.',
    access: 'settings:write',
    answer: { one: AttributeDefinitionDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateAttributeDefinitionDto,
    @IfMatch() version: number | null,
  ): Promise<One<AttributeDefinitionDto>> {
    return oneChanged(
      this.definitions.update(workspaceId, id, toAttributeChange(body), version),
      toAttributeDefinitionDto,
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete the definition of a field',
    description: 'Values stay, and may be anything from then on.',
    access: 'settings:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.definitions.delete(workspaceId, id, version), toAttributeDefinitionDto);
  }
}
