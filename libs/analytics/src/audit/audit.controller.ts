import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  listBody,
  one,
  Operation,
  pageRequest,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
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
    answer: { list: AuditEntryDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: AuditListQueryDto,
  ): Promise<ListBody<AuditEntryDto>> {
    const filter = toAuditFilter(query);
    const request = pageRequest(query, ['audit', workspaceId, filter]);
    const page = await this.audit.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toAuditEntryDto) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get an audit entry',
    description: 'Its id is that of the event it was read from.',
    access: 'analytics:read',
    answer: { one: AuditEntryDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<AuditEntryDto>> {
    return one(toAuditEntryDto(await this.audit.get(workspaceId, id)));
  }
}
