import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  IfMatch,
  listBody,
  one,
  oneChanged,
  Operation,
  PageQueryDto,
  pageRequest,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { OrganizationDto, toOrganizationDto, UpdateOrganizationDto } from './dto/organization.dto.js';
import { OrganizationsService } from './organizations.service.js';

/** The workspace itself. */
@ApiTags('Teams')
@Controller('v1/organizations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Get()
  @Operation({
    summary: 'List organizations',
    description: 'A credential belongs to one organization: this is a list of that.',
    access: 'settings:read',
    answer: { list: OrganizationDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: PageQueryDto,
  ): Promise<ListBody<OrganizationDto>> {
    const request = pageRequest(query, ['organizations', workspaceId]);
    const only = toOrganizationDto(await this.organizations.get(workspaceId, workspaceId));
    return listBody(request, {
      items: request.offset === 0 ? [only] : [],
      total: { value: 1, estimate: false },
      next: null,
    });
  }

  @Get(':id')
  @Operation({
    summary: 'Get the organization',
    description: 'The workspace that the credential belongs to, by its id: there is no other to it.',
    access: 'settings:read',
    answer: { one: OrganizationDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<OrganizationDto>> {
    return one(toOrganizationDto(await this.organizations.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change the organization',
    description: 'Settings that are left out stay. They hold at once in this process, within five seconds in others.',
    access: 'settings:write',
    answer: { one: OrganizationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateOrganizationDto,
    @IfMatch() version: number | null,
  ): Promise<One<OrganizationDto>> {
    return oneChanged(this.organizations.update(workspaceId, id, body, version), toOrganizationDto);
  }
}
