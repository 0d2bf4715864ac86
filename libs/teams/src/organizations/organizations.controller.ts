import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, PageQueryDto, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { OrganizationDto, toOrganizationDto, UpdateOrganizationDto } from './dto/organization.dto.js';
import { OrganizationsService } from './organizations.service.js';

/** Organization of the credential: the workspace with its settings. */
@ApiTags('Organizations')
@Controller('v1/organizations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Get()
  @Operation({
    summary: 'List organizations',
    description: 'Returns the organization of the current credential.',
    access: 'settings:read',
    response: { list: OrganizationDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: PageQueryDto,
  ): Promise<ListResponse<OrganizationDto>> {
    const request = parsePageRequest(query, ['organizations', workspaceId]);
    const organization = toOrganizationDto(await this.organizations.get(workspaceId, workspaceId));
    return toListResponse(request, {
      items: request.offset === 0 ? [organization] : [],
      total: { value: 1, estimate: false },
      next: null,
    });
  }

  @Get(':id')
  @Operation({
    summary: 'Get an organization',
    description: 'Returns the organization of the current credential. Fails with 404 for any other ID.',
    access: 'settings:read',
    response: { item: OrganizationDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<OrganizationDto>> {
    return toResponse(toOrganizationDto(await this.organizations.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update an organization',
    description: 'Omitted settings keep their value. Changes take effect within five seconds.',
    access: 'settings:write',
    response: { item: OrganizationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateOrganizationDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<OrganizationDto>> {
    return toUpdateResponse(this.organizations.update(workspaceId, id, body, version), toOrganizationDto);
  }
}
