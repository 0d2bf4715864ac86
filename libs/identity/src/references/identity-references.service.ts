import { Injectable } from '@nestjs/common';
import { ResolveReferences, type TargetState } from '@parley/kernel/references';
import { AttributeValidator } from '../attributes/attribute-validator.service.js';
import { COMPANY, CUSTOM_FIELD } from '../identity.references.js';
import { IdentityReferencesRepository } from './identity-references.repository.js';

/** Finds the companies and custom fields that others refer to. */
@Injectable()
export class IdentityReferencesService {
  constructor(
    private readonly references: IdentityReferencesRepository,
    private readonly attributes: AttributeValidator,
  ) {}

  @ResolveReferences([COMPANY, CUSTOM_FIELD])
  async resolve(workspaceId: string, ids: Readonly<Record<string, readonly string[]>>): Promise<TargetState[]> {
    const [companyIds, fieldIds] = [ids[COMPANY]!, ids[CUSTOM_FIELD]!];
    const companies = companyIds.length === 0 ? [] : await this.references.filterCompanies(workspaceId, companyIds);
    const fields = fieldIds.length === 0 ? [] : await this.attributes.filterAllowed(workspaceId, fieldIds);
    return [
      ...companies.map((id) => ({ type: COMPANY, id, active: true })),
      ...fields.map((id) => ({ type: CUSTOM_FIELD, id, active: true })),
    ];
  }
}
