import { Injectable } from '@nestjs/common';
import type { Principal } from '@parley/kernel';
import { assertHasScopes } from './grantable-scopes.js';
import { isBuiltInRole } from './built-in-roles.js';
import { assertCanManage, isBelowAdmin } from './role-rank.js';
import { scopesOfRole } from './role-scopes.js';
import { RolesService } from './roles.service.js';

/** Decides which roles a caller can grant. */
@Injectable()
export class RoleGrantPolicy {
  constructor(private readonly roles: RolesService) {}

  /**
   * Resolves a role that the caller wants to grant. Owners and admins can grant roles up to their own; other callers
   * can grant roles below admin whose scopes they have.
   * @throws DomainError UNPROCESSABLE if the role does not exist, FORBIDDEN if the caller cannot grant it.
   */
  async resolveGrantable(principal: Principal, requestedRole: string): Promise<string> {
    const role = await this.roles.resolve(principal.workspaceId, requestedRole);
    if (!isBelowAdmin(role)) assertCanManage(principal, role);
    else
      assertHasScopes(
        principal,
        scopesOfRole(role, isBuiltInRole(role) ? null : (await this.roles.get(principal.workspaceId, role)).scopes),
      );
    return role;
  }
}
