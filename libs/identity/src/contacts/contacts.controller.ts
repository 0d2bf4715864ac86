import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import {
  IdParam,
  IfMatch,
  toResponse,
  toUpdateResponse,
  Operation,
  withFieldAliases,
  type ItemResponse,
} from '@parley/kernel/http';
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
import { ContactDto, ContactDetailsDto, toContactDto } from './dto/contact.dto.js';
import { CONTACT_FIELD_ALIASES, ContactInputDto, toContactInput } from './dto/write-contact.dto.js';

/** Contacts, under two resource names. */
@ApiTags('Contacts')
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
      'Returns live contacts that match all given parameters, newest first by default. Merged contacts are ' +
      'not listed. Use `POST /v1/contacts/filter` for other conditions.',
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
    summary: 'Filter contacts',
    access: 'contacts:read',
    response: { list: ContactDto },
    description:
      'Returns the contacts that match `filter`, newest first by default. The filter language is the same as in ' +
      'automations and segments. Pass paging and sorting either in the body or in the query. ' +
      `${CONTACT_FILTER_DESCRIPTION}`,
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
    summary: 'Create a contact',
    access: 'contacts:write',
    response: { item: ContactDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    description:
      'All fields are optional. A contact without identifier, e-mail and phone number is anonymous. Fails ' +
      'with 409 if another contact already has the identifier or an e-mail: `details.field` names the field, and ' +
      '`details.id` the other contact if the caller can read contacts.',
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: ContactInputDto,
  ): Promise<ItemResponse<ContactDto>> {
    return toResponse(
      this.toDto(
        await withFieldAliases(CONTACT_FIELD_ALIASES, () => this.contacts.create(workspaceId, toContactInput(body))),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a contact',
    access: 'contacts:read',
    response: { item: ContactDetailsDto },
    errors: ['NOT_FOUND'],
    description:
      "Includes the contact's segments. Fails with 404 for a merged contact (`details.merged_into` is the ID " +
      'of the remaining contact) and for an erased contact (`details.erased_at`).',
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
    summary: 'Update a contact',
    access: 'contacts:write',
    response: { item: ContactDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
    description:
      'Omitted fields stay unchanged; `null` clears a field. `custom_fields` are merged by key. Emits ' +
      '`contact.updated` with the previous and new value of each changed field.',
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: ContactInputDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ContactDto>> {
    return withFieldAliases(CONTACT_FIELD_ALIASES, () =>
      toUpdateResponse(this.contacts.update(workspaceId, id, toContactInput(body), version), this.toDto),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a contact',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    description:
      "Keeps the contact's conversations and releases its identifier, e-mails and phone numbers. A deleted " +
      'contact is listed with `deleted=true` and can be restored for 30 days. After that, it is erased.',
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    // The 412 error contains the contact in the same form as the GET operation.
    const segments = version === null ? [] : await this.segments.listByContact(workspaceId, id);
    await toUpdateResponse(this.contacts.delete(workspaceId, id, version), (view) => ({
      ...this.toDto(view),
      segments: [...segments],
    }));
  }
}
