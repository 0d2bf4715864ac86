import { Injectable } from '@nestjs/common';
import { Clock, DomainError, fieldConflictError, newId, notFoundError } from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { AttributeValidator } from '../attributes/attribute-validator.service.js';
import { assertCustomFieldsSize, mergeCustomFields } from '../attributes/custom-fields.js';
import { CompanyCreated, CompanyDeleted, CompanyUpdated } from '../identity.events.js';
import { TagNamesService } from '../tag-names/tag-names.service.js';
import { CompaniesRepository } from './companies.repository.js';
import type { CompaniesFilter, CompanyInput, CompanyOrder, CompanyView } from './company.view.js';

const WIRE_NAMES = { customFields: 'custom_fields' } as const;

@Injectable()
export class CompaniesService {
  constructor(
    private readonly companies: CompaniesRepository,
    private readonly attributeValidator: AttributeValidator,
    private readonly tagNames: TagNamesService,
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
    if (!company) throw notFoundError('Company');
    return company;
  }

  find(workspaceId: string, id: string): Promise<CompanyView | null> {
    return this.companies.find(workspaceId, id);
  }

  /** @throws DomainError BAD_REQUEST; CONFLICT if a domain belongs to another company. */
  async create(workspaceId: string, fields: CompanyInput & { readonly name: string }): Promise<CompanyView> {
    await this.attributeValidator.assertValid(workspaceId, 'company', fields.customFields);
    return this.unitOfWork.run(async () => {
      const id = newId();
      await mapConstraintErrors({ company_domains_pkey: domainConflictError }, async () =>
        this.companies.add(
          workspaceId,
          id,
          {
            domains: [],
            ...fields,
            tags: await this.tagNames.resolve(workspaceId, fields.tags ?? []),
            customFields: mergeCustomFields({}, fields.customFields ?? {}),
          },
          this.clock.now().toISOString(),
        ),
      );
      this.events.append(new CompanyCreated(id, { name: fields.name, domains: fields.domains ?? [] }));
      return this.get(workspaceId, id);
    });
  }

  /**
   * @throws DomainError BAD_REQUEST, NOT_FOUND, PRECONDITION_FAILED; CONFLICT if a domain belongs to another company.
   */
  async update(
    workspaceId: string,
    id: string,
    fields: CompanyInput,
    expectedVersion: number | null,
  ): Promise<CompanyView> {
    await this.attributeValidator.assertValid(workspaceId, 'company', fields.customFields);
    return this.unitOfWork.run(async () => {
      const before = await this.companies.lock(workspaceId, id);
      if (!before) throw notFoundError('Company');
      assertVersion(expectedVersion, before.version, () => before);
      const patch = {
        ...fields,
        ...(fields.tags && { tags: await this.tagNames.resolve(workspaceId, fields.tags) }),
        ...(fields.customFields && { customFields: mergeCustomFields(before.customFields, fields.customFields) }),
      };
      const changed = changesBetween(before, patch, WIRE_NAMES);
      if (Object.keys(changed).length === 0) return before;
      if (patch.customFields) assertCustomFieldsSize(patch.customFields);
      const { name, domains, customFields, tags } = before;
      await mapConstraintErrors({ company_domains_pkey: domainConflictError }, () =>
        this.companies.update(
          workspaceId,
          id,
          { name, domains, customFields, tags, ...patch },
          this.clock.now().toISOString(),
        ),
      );
      this.events.append(new CompanyUpdated(id, { name: patch.name ?? name, changed }));
      return this.get(workspaceId, id);
    });
  }

  /**
   * Deletes the company and returns it. Its contacts keep its name. @throws DomainError NOT_FOUND, PRECONDITION_FAILED
   */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<CompanyView> {
    return this.unitOfWork.run(async () => {
      const company = await this.companies.lock(workspaceId, id);
      if (!company) throw notFoundError('Company');
      assertVersion(expectedVersion, company.version, () => company);
      await this.companies.delete(workspaceId, id);
      this.events.append(new CompanyDeleted(id, { name: company.name }));
      return company;
    });
  }

  /** Writes a company's current name to its contacts. */
  async renameOnContacts(workspaceId: string, id: string): Promise<void> {
    await this.companies.renameOnContacts(workspaceId, id);
  }
}

function domainConflictError(): DomainError {
  return fieldConflictError('domains', 'Another company already has one of these domains');
}
