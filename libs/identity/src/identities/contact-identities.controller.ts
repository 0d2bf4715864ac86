import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  CreatedPageQueryDto,
  toListResponse,
  parsePageRequest,
  toTimeRange,
  type ListResponse,
} from '@parley/kernel/pagination';
import { ContactIdentitiesService } from './contact-identities.service.js';
import { AddContactIdentityDto, ContactIdentityDto, toContactIdentityDto } from './dto/contact-identity.dto.js';

@ApiTags('Contacts')
@Controller(['v1/contacts/:id/identities', 'v1/customer-profiles/:id/identities'])
export class ContactIdentitiesController {
  constructor(private readonly identities: ContactIdentitiesService) {}

  @Get()
  @Operation({
    summary: 'List inbox identities',
    description: 'Returns identities, newest first by default.',
    access: 'contacts:read',
    response: { list: ContactIdentityDto },
    errors: ['NOT_FOUND'],
  })
  async listIdentities(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: CreatedPageQueryDto,
  ): Promise<ListResponse<ContactIdentityDto>> {
    const range = toTimeRange(query);
    const request = parsePageRequest(query, ['contact-identities', workspaceId, id, range]);
    const page = await this.identities.list(workspaceId, id, range, request);
    return toListResponse(request, { ...page, items: page.items.map(toContactIdentityDto) });
  }

  @Post()
  @Operation({
    summary: 'Create an inbox identity',
    access: 'contacts:write',
    response: { item: ContactIdentityDto, status: 201 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE'],
    description:
      'Messages that arrive in the inbox from this source are assigned to the contact. Fails with 409 if the ' +
      'source ID is already used in the inbox.',
  })
  async addIdentity(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: AddContactIdentityDto,
  ): Promise<ItemResponse<ContactIdentityDto>> {
    return toResponse(
      toContactIdentityDto(await this.identities.add(workspaceId, id, body.inbox_id.toLowerCase(), body.source_id)),
    );
  }

  @Delete(':identity_id')
  @Operation({
    summary: 'Delete an inbox identity',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
    description:
      'Keeps existing conversations. Later messages from this source are treated as coming from an unknown contact.',
  })
  async removeIdentity(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('identity_id', 'Identity ID.') identityId: string,
  ): Promise<void> {
    await this.identities.remove(workspaceId, id, identityId);
  }
}
