import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  changesBetween,
  Clock,
  DomainError,
  Events,
  newId,
  notFound,
  refusing,
  UnitOfWork,
  type Page,
  type PageRequest,
} from '@parley/kernel';
import { AttributeChecks } from '../attributes/attribute-checks.service.js';
import { assertBounded, mergedFields } from '../attributes/own-fields.js';
import { CompanyCreated, CompanyDeleted, CompanyUpdated } from '../identity.events.js';
import { CompaniesRepository } from './companies.repository.js';
import type { CompaniesFilter, CompanyFields, CompanyOrder, CompanyView } from './company.view.js';

const WIRE_NAMES = { customFields: 'custom_fields' } as const;

/** Companies that contacts belong to. */
@Injectable()
export class CompaniesService {
  constructor(
    private readonly companies: CompaniesRepository,
    private readonly attributes: AttributeChecks,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(
    workspaceId: string,
    filter: CompaniesFilter,
    orderBy: CompanyOrder,
    request: PageRequest,
  ): Promise<Page<CompanyView>> {
    return this.companies.list(workspaceId, filter, orderBy, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<CompanyView> {
    const company = await this.companies.find(workspaceId, id);
    if (!company) throw notFound('Company');
    return company;
  }

  /** The company, or null. */
  find(workspaceId: string, id: string): Promise<CompanyView | null> {
    return this.companies.find(workspaceId, id);
  }

  /** @throws DomainError BAD_REQUEST, CONFLICT when a domain is another company's. */
  async create(workspaceId: string, fields: CompanyFields & { readonly name: string }): Promise<CompanyView> {
    await this.attributes.check(workspaceId, 'company', fields.customFields);
    return this.unitOfWork.run(async () => {
      const id = newId();
      await refusing({ company_domains_pkey: domainTaken }, () =>
        this.companies.add(
          workspaceId,
          id,
          { domains: [], tags: [], ...fields, customFields: mergedFields({}, fields.customFields ?? {}) },
          this.clock.now().toISOString(),
        ),
      );
      this.events.append(new CompanyCreated(id, { name: fields.name, domains: fields.domains ?? [] }));
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError BAD_REQUEST, NOT_FOUND, CONFLICT when a domain is another company's, PRECONDITION_FAILED */
  async update(workspaceId: string, id: string, fields: CompanyFields, expected: number | null): Promise<CompanyView> {
    await this.attributes.check(workspaceId, 'company', fields.customFields);
    return this.unitOfWork.run(async () => {
      const before = await this.companies.lock(workspaceId, id);
      if (!before) throw notFound('Company');
      assertVersion(expected, before.version, () => before);
      const wanted = {
        ...fields,
        ...(fields.customFields && { customFields: mergedFields(before.customFields, fields.customFields) }),
      };
      const changed = changesBetween(before, wanted, WIRE_NAMES);
      if (Object.keys(changed).length === 0) return before;
      if (wanted.customFields) assertBounded(wanted.customFields);
      const { name, domains, customFields, tags } = before;
      await refusing({ company_domains_pkey: domainTaken }, () =>
        this.companies.update(
          workspaceId,
          id,
          { name, domains, customFields, tags, ...wanted },
          this.clock.now().toISOString(),
        ),
      );
      this.events.append(new CompanyUpdated(id, { changed }));
      return this.get(workspaceId, id);
    });
  }

  /** Deletes the company; its contacts keep its name. Gives what it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expected: number | null): Promise<CompanyView> {
    return this.unitOfWork.run(async () => {
      const company = await this.companies.lock(workspaceId, id);
      if (!company) throw notFound('Company');
      assertVersion(expected, company.version, () => company);
      await this.companies.delete(workspaceId, id);
      this.events.append(new CompanyDeleted(id, { name: company.name }));
      return company;
    });
  }

  /** Shows a company's new name on its contacts. */
  async renameOnContacts(workspaceId: string, id: string): Promise<void> {
    await this.companies.renameOnContacts(workspaceId, id);
  }
}

function domainTaken(): DomainError {
  return new DomainError('CONFLICT', 'Another company has one of these domains already', { field: 'domains' });
}
