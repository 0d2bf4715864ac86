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

/** What contacts are called in each inbox. */
@ApiTags('Identity')
@Controller(['v1/contacts/:id/identities', 'v1/customer-profiles/:id/identities'])
export class ContactIdentitiesController {
  constructor(private readonly identities: ContactIdentitiesService) {}

  @Get()
  @Operation({
    summary: 'List what a contact is called in inboxes',
    description: 'The newest first, unless told otherwise.',
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
    summary: 'Say what a contact is called in an inbox',
    access: 'contacts:write',
    response: { item: ContactIdentityDto, status: 201 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE'],
    description:
      'What comes to the inbox from this source is theirs from then on. 409 when the inbox knows somebody else by it already.',
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
    summary: 'Forget what a contact is called in an inbox',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
    description: 'Conversations stay. What comes from this source later is of somebody whom the inbox does not know.',
  })
  async removeIdentity(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('identity_id', 'Id of the identity.') identityId: string,
  ): Promise<void> {
    await this.identities.remove(workspaceId, id, identityId);
  }
}
