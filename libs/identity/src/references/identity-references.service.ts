import { Injectable } from '@nestjs/common';
import { ResolveReferences, type ReferenceTarget, type TargetState } from '@parley/kernel/references';
import { AttributeValidator } from '../attributes/attribute-validator.service.js';
import { DeletedNamesRepository } from '../deleted-names/deleted-names.repository.js';
import { COMPANY, CUSTOM_FIELD, TAG } from '../identity.references.js';
import { customFieldState } from './custom-field-state.js';
import { IdentityReferencesRepository } from './identity-references.repository.js';

/** Finds the companies, custom fields and tags that others refer to. */
@Injectable()
export class IdentityReferencesService {
  constructor(
    private readonly references: IdentityReferencesRepository,
    private readonly attributes: AttributeValidator,
    private readonly deletedNames: DeletedNamesRepository,
  ) {}

  @ResolveReferences([COMPANY, CUSTOM_FIELD, TAG])
  async resolve(workspaceId: string, ids: Readonly<Record<string, readonly string[]>>): Promise<TargetState[]> {
    const [companyIds, fieldIds, tags] = [ids[COMPANY]!, ids[CUSTOM_FIELD]!, ids[TAG]!];
    const companies = companyIds.length === 0 ? [] : await this.references.filterCompanies(workspaceId, companyIds);
    const targets = [...toTargets(CUSTOM_FIELD, fieldIds), ...toTargets(TAG, tags)];
    const deleted = await this.deletedNames.findDeleted(workspaceId, targets);
    const isDeleted = (name: string, id: string): boolean =>
      deleted.some((target) => target.type === name && target.id === id);
    return [
      ...companies.map((id) => ({ type: COMPANY, id, active: true })),
      // Tags that were never used are no problem: rules are written before the first use.
      ...tags.map((id) => ({ type: TAG, id, active: !isDeleted(TAG, id), isAbsent: true })),
      ...(await this.resolveFields(workspaceId, fieldIds, (id) => isDeleted(CUSTOM_FIELD, id))),
    ];
  }

  private async resolveFields(
    workspaceId: string,
    ids: readonly string[],
    isDeleted: (id: string) => boolean,
  ): Promise<TargetState[]> {
    if (ids.length === 0) return [];
    const definitions = await this.attributes.listDefinitions(workspaceId);
    const isStrict = await this.attributes.isStrict(workspaceId);
    return ids.flatMap((id) => customFieldState(id, definitions, isStrict, isDeleted(id)) ?? []);
  }
}

function toTargets(type: string, ids: readonly string[]): ReferenceTarget[] {
  return ids.map((id) => ({ type, id }));
}
