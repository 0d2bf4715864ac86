import { Injectable } from '@nestjs/common';
import { DomainError, isUuid, newId, notFoundError, unprocessableFieldError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { RoleCreated, RoleDeleted, RoleUpdated } from '../teams.events.js';
import { withUniqueName, nameConflictError } from '../unique-names.js';
import { isBuiltInRole, isReservedName } from './built-in-roles.js';
import { assertHasScopes, normalizeScopes } from './grantable-scopes.js';
import type { RoleView } from './role.view.js';
import { RolesRepository, type RoleInput } from './roles.repository.js';

/** Roles of a workspace. */
@Injectable()
export class RolesService {
  constructor(
    private readonly roles: RolesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /** Lists the built-in roles and the custom roles of the workspace. */
  list(workspaceId: string, range: TimeRange, request: PageRequest): Promise<Page<RoleView>> {
    return this.roles.list(workspaceId, range, request);
  }

  /**
   * Returns a custom role.
   * @throws DomainError NOT_FOUND
   */
  async get(workspaceId: string, id: string): Promise<RoleView> {
    const role = await this.roles.find(workspaceId, id);
    if (!role) throw notFoundError('Role');
    return role;
  }

  /**
   * Returns the role as memberships store it. `field` is the field of the input that names it, for the error.
   * @throws DomainError UNPROCESSABLE if it is neither a built-in role nor the ID of a custom role.
   */
  async resolve(workspaceId: string, role: string, field = 'role'): Promise<string> {
    const resolved = isBuiltInRole(role)
      ? role
      : isUuid(role) && (await this.roles.find(workspaceId, role.toLowerCase()))?.role;
    if (resolved) return resolved;
    throw unprocessableFieldError(
      field,
      'The role does not exist. Use owner, admin, agent, or the ID of a role of this workspace',
      role,
    );
  }

  /**
   * Creates a role.
   * @throws DomainError BAD_REQUEST for unknown scopes, FORBIDDEN for scopes that the caller lacks, CONFLICT if the
   * name is already used.
   */
  create(principal: Principal, input: RoleInput): Promise<RoleView> {
    const content = { ...input, scopes: normalizeScopes(input.scopes) };
    assertHasScopes(principal, content.scopes);
    return this.unitOfWork.run(async () => {
      const id = newId();
      assertNotReserved(content.name);
      await withUniqueName('role', content.name, () => this.roles.add(principal.workspaceId, id, content));
      this.events.append(new RoleCreated(id, { name: content.name, scopes: content.scopes }));
      return this.get(principal.workspaceId, id);
    });
  }

  /**
   * Updates a role. Takes effect at once for all users with the role.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, and the errors of {@link create}
   */
  update(principal: Principal, id: string, change: Partial<RoleInput>, expected: number | null): Promise<RoleView> {
    const { workspaceId } = principal;
    const scopes = change.scopes && normalizeScopes(change.scopes);
    return this.unitOfWork.run(async () => {
      await this.roles.lock(workspaceId, id);
      const before = await this.get(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      const { name = before.name, description = before.description } = change;
      const after: RoleInput = { name, description, scopes: scopes ?? before.scopes };
      assertHasScopes(principal, after.scopes);
      const changed = changesBetween(before, after);
      if (Object.keys(changed).length === 0) return before;
      assertNotReserved(name);
      await withUniqueName('role', name, () => this.roles.update(workspaceId, id, after));
      this.events.append(new RoleUpdated(id, { name, changed }));
      this.unitOfWork.afterCommit(() => this.cache.evictWorkspace(workspaceId));
      return this.get(workspaceId, id);
    });
  }

  /**
   * Deletes a role and returns its last state.
   * @throws DomainError NOT_FOUND, CONFLICT if users have the role, PRECONDITION_FAILED
   */
  delete(workspaceId: string, id: string, expected: number | null): Promise<RoleView> {
    return this.unitOfWork.run(async () => {
      await this.roles.lock(workspaceId, id);
      const before = await this.get(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      const { name, membersCount } = before;
      if (membersCount > 0)
        throw new DomainError(
          'CONFLICT',
          `${membersCount} ${membersCount === 1 ? 'user has' : 'users have'} this role: assign them another role ` +
            'first',
          { membersCount },
        );
      await mapConstraintErrors({ oidc_providers_role: defaultRoleError }, () => this.roles.delete(workspaceId, id));
      this.events.append(new RoleDeleted(id, { name }));
      return before;
    });
  }
}

function assertNotReserved(name: string): void {
  if (isReservedName(name)) throw nameConflictError('role', name);
}

function defaultRoleError(): DomainError {
  return new DomainError('CONFLICT', 'An OIDC provider has this role as its default role: give it another one first');
}
