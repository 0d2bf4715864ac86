import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { AuditService } from './audit.service.js';
import { AuditEntryDto, AuditListQueryDto, toAuditEntryDto, toAuditFilter } from './dto/audit-entry.dto.js';

@ApiTags('Audit log')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Operation({
    summary: 'List audit entries',
    description:
      'Returns the actions of users, contacts, API keys and rules in the workspace, newest first. New actions ' +
      'appear after a short delay.',
    access: 'audit:read',
    response: { list: AuditEntryDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: AuditListQueryDto,
  ): Promise<ListResponse<AuditEntryDto>> {
    const filter = toAuditFilter(query);
    const request = parsePageRequest(query, ['audit', workspaceId, filter]);
    const page = await this.audit.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toAuditEntryDto) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get an audit entry',
    description: 'The ID of an audit entry is the ID of the event that it records.',
    access: 'audit:read',
    response: { item: AuditEntryDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<AuditEntryDto>> {
    return toResponse(toAuditEntryDto(await this.audit.get(workspaceId, id)));
  }
}
