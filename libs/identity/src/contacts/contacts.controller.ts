import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { ContactAvatarsService } from '../avatars/contact-avatars.service.js';
import { CONTACT_FILTER_DESCRIPTION } from './contact-filter-description.js';
import { ContactListsService } from './contact-lists.service.js';
import type { ContactView } from './contact.view.js';
import { ContactsService } from './contacts.service.js';
import {
  ContactFilterDto,
  ContactFilterQueryDto,
  ContactListQueryDto,
  toContactsFilter,
  mergePageQuery,
} from './dto/contact-list-query.dto.js';
import { SegmentsService } from '../segments/segments.service.js';
import { ContactDto, ContactInputDto, ContactDetailsDto, toContactDto, toContactInput } from './dto/contact.dto.js';

/** The people who write in; one resource under two names. */
@ApiTags('Identity')
@Controller(['v1/contacts', 'v1/customer-profiles'])
export class ContactsController {
  private readonly toDto = (contact: ContactView): ContactDto =>
    toContactDto(contact, (view) => this.avatars.buildUrl(view));

  constructor(
    private readonly contacts: ContactsService,
    private readonly contactLists: ContactListsService,
    private readonly avatars: ContactAvatarsService,
    private readonly segments: SegmentsService,
  ) {}

  @Get()
  @Operation({
    summary: 'List contacts',
    access: 'contacts:read',
    response: { list: ContactDto },
    description:
      'Everybody who has written in or was made or imported, the newest first unless told otherwise; every condition given must hold. For conditions of other kinds there is `POST /v1/contacts/filter`. Contacts who were merged into others are not among them.',
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ContactListQueryDto,
  ): Promise<ListResponse<ContactDto>> {
    const filter = toContactsFilter(query);
    const orderBy = query.order_by ?? 'created_at';
    const request = parsePageRequest(query, ['contacts', workspaceId, filter, orderBy]);
    const page = await this.contactLists.list(workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(this.toDto) });
  }

  @Post('filter')
  @Operation({
    summary: 'List contacts that pass a filter',
    access: 'contacts:read',
    response: { list: ContactDto },
    description: `In the filter language that automations and segments speak; the newest first, unless told otherwise. Page and order stand in the body, or in the query. ${CONTACT_FILTER_DESCRIPTION}`,
  })
  async filter(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ContactFilterQueryDto,
    @Body() body: ContactFilterDto,
  ): Promise<ListResponse<ContactDto>> {
    const { order_by: orderBy = 'created_at', ...pageQuery } = mergePageQuery(query, body);
    const request = parsePageRequest(pageQuery, ['contacts-filter', workspaceId, body.filter, orderBy]);
    const page = await this.contactLists.listMatching(workspaceId, body.filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(this.toDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a contact',
    access: 'contacts:write',
    response: { item: ContactDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    description:
      'All fields are optional: without identifier, e-mail and telephone number the contact is anonymous. 409 when another has one of them already: `details` says which, and who that is to those who may read contacts.',
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: ContactInputDto,
  ): Promise<ItemResponse<ContactDto>> {
    return toResponse(this.toDto(await this.contacts.create(workspaceId, toContactInput(body))));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a contact',
    access: 'contacts:read',
    response: { item: ContactDetailsDto },
    errors: ['NOT_FOUND'],
    description:
      'With the segments that they belong to. Who was merged into another is 404 with `merged_into`, who was erased with `erased_at`.',
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ContactDetailsDto>> {
    const [contact, segments] = await Promise.all([
      this.contacts.get(workspaceId, id),
      this.segments.listByContact(workspaceId, id),
    ]);
    return toResponse({ ...this.toDto(contact), segments: [...segments] });
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a contact',
    access: 'contacts:write',
    response: { item: ContactDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
    description:
      'What is left out stays as it is, and null empties a field; `custom_fields` are set key by key. The event `contact.updated` tells what each field was before.',
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: ContactInputDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ContactDto>> {
    return toUpdateResponse(this.contacts.update(workspaceId, id, toContactInput(body), version), this.toDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a contact',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    description:
      'Their conversations stay, and their addresses are free for others. They can be listed with `deleted=true` and brought back for 30 days; then they are erased.',
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    // A refusal shows them as they are got.
    const segments = version === null ? [] : await this.segments.listByContact(workspaceId, id);
    await toUpdateResponse(this.contacts.delete(workspaceId, id, version), (view) => ({
      ...this.toDto(view),
      segments: [...segments],
    }));
  }
}
