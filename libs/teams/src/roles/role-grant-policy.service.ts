import { Injectable } from '@nestjs/common';
import type { Principal } from '@parley/kernel';
import { assertHasScopes } from './grantable-scopes.js';
import { isBuiltInRole } from './built-in-roles.js';
import { assertCanManage, isBelowAdmin } from './role-rank.js';
import { scopesOfRole } from './role-scopes.js';
import { RolesService } from './roles.service.js';

/** Decides who may bring somebody in with a role. */
@Injectable()
export class RoleGrantPolicy {
  constructor(private readonly roles: RolesService) {}

  /**
   * The role as a membership keeps it: owners and admins are brought in by their like in person, anybody else by whoever has all of the role's scopes.
   * @throws DomainError UNPROCESSABLE when there is no such role, FORBIDDEN when the caller may not give it.
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
