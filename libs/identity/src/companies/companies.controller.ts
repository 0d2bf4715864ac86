import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  DeletedObjectDto,
  ReferencesDto,
  ReferencesService,
  toDeletionResponse,
  toReferencesDto,
} from '@parley/kernel/references';
import {
  toListResponse,
  parsePageRequest,
  TimedPageQueryDto,
  toTimeRange,
  type ListResponse,
} from '@parley/kernel/pagination';
import { ContactAvatarsService } from '../avatars/contact-avatars.service.js';
import { ContactListsService } from '../contacts/contact-lists.service.js';
import { ContactDto, toContactDto } from '../contacts/dto/contact.dto.js';
import { COMPANY } from '../identity.references.js';
import { CompaniesService } from './companies.service.js';
import {
  CompanyDto,
  CompanyListQueryDto,
  CreateCompanyDto,
  toCompaniesFilter,
  toCompanyDto,
  toCompanyInput,
  UpdateCompanyDto,
} from './dto/company.dto.js';

@ApiTags('Companies')
@Controller('v1/companies')
export class CompaniesController {
  constructor(
    private readonly companies: CompaniesService,
    private readonly contacts: ContactListsService,
    private readonly avatars: ContactAvatarsService,
    private readonly references: ReferencesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List companies',
    description: 'Returns companies that match all given parameters, newest first by default.',
    access: 'contacts:read',
    response: { list: CompanyDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: CompanyListQueryDto,
  ): Promise<ListResponse<CompanyDto>> {
    const filter = toCompaniesFilter(query);
    const orderBy = query.order_by ?? 'created_at';
    const request = parsePageRequest(query, ['companies', workspaceId, filter, orderBy]);
    const page = await this.companies.list(workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(toCompanyDto) });
  }

  @Post()
  @Operation({
    summary: 'Create a company',
    access: 'contacts:write',
    response: { item: CompanyDto, status: 201 },
    errors: ['CONFLICT'],
    description:
      'New contacts whose e-mail domain is in `domains` are linked to the company; existing contacts are not. ' +
      'Fails with 409 if another company has one of the domains.',
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateCompanyDto,
  ): Promise<ItemResponse<CompanyDto>> {
    return toResponse(
      toCompanyDto(await this.companies.create(workspaceId, { ...toCompanyInput(body), name: body.name })),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a company',
    access: 'contacts:read',
    response: { item: CompanyDto },
    errors: ['NOT_FOUND'],
    description: 'Includes the number of contacts. List the contacts with `GET /v1/companies/{id}/contacts`.',
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<CompanyDto>> {
    return toResponse(toCompanyDto(await this.companies.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a company',
    access: 'contacts:write',
    response: { item: CompanyDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
    description:
      "Omitted fields stay unchanged; `custom_fields` are merged by key. The company's contacts show a new " +
      'name after a short delay. New `domains` apply only to new contacts. Fails with 409 if another company ' +
      'has one of the domains.',
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateCompanyDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<CompanyDto>> {
    return toUpdateResponse(this.companies.update(workspaceId, id, toCompanyInput(body), version), toCompanyDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a company',
    description:
      "Keeps the company's contacts; they keep its name in `company`. If segments refer to the company, the response " +
      'is 200 and lists them; `GET /v1/companies/{id}/references` lists them beforehand.',
    access: 'contacts:write',
    response: { deletion: DeletedObjectDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<DeletedObjectDto> | undefined> {
    const remove = () => toUpdateResponse(this.companies.delete(principal.workspaceId, id, version), toCompanyDto);
    return toDeletionResponse(id, await this.references.listBefore(principal, { type: COMPANY, id }, remove));
  }

  @Get(':id/references')
  @Operation({
    summary: 'List references to a company',
    description:
      'Returns the segments that refer to the company. For its contacts, use `GET /v1/companies/{id}/contacts`.',
    access: 'contacts:read',
    response: { raw: ReferencesDto },
    errors: ['NOT_FOUND'],
  })
  async listReferences(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ReferencesDto> {
    const get = () => this.companies.get(principal.workspaceId, id);
    return toReferencesDto(await this.references.listBefore(principal, { type: COMPANY, id }, get));
  }

  @Get(':id/contacts')
  @Operation({
    summary: "List a company's contacts",
    description: 'Returns contacts, newest first by default.',
    access: 'contacts:read',
    response: { list: ContactDto },
    errors: ['NOT_FOUND'],
  })
  async listContacts(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: TimedPageQueryDto,
  ): Promise<ListResponse<ContactDto>> {
    await this.companies.get(workspaceId, id);
    const filter = { companyIds: [id], ...toTimeRange(query) };
    const request = parsePageRequest(query, ['company-contacts', workspaceId, filter]);
    const page = await this.contacts.list(workspaceId, filter, 'created_at', request);
    return toListResponse(request, {
      ...page,
      items: page.items.map((contact) => toContactDto(contact, (view) => this.avatars.buildUrl(view))),
    });
  }
}
