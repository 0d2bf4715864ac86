import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { AuditService } from './audit.service.js';
import { AuditEntryDto, AuditListQueryDto, toAuditEntryDto, toAuditFilter } from './dto/audit-entry.dto.js';

/** Who did what, and when. */
@ApiTags('Analytics')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Operation({
    summary: 'List audit entries',
    description:
      'Everything that was done in the workspace, by people, customers, keys and rules; the newest first. What just happened appears within moments.',
    access: 'analytics:read',
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
    description: 'Its id is that of the event it was read from.',
    access: 'analytics:read',
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
