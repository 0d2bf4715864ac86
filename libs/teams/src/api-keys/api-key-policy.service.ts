import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@parley/kernel';
import { hasScope } from '@parley/kernel/auth';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { assertHasScopes } from '../roles/grantable-scopes.js';
import { SessionsService } from '../sessions/sessions.service.js';

/**
 * Access rules for API keys. A signed-in user manages their own personal keys without a scope. Every other case
 * requires the scope, including a key that manages its own user's keys: a leaked key must not be able to create more
 * keys.
 */
@Injectable()
export class ApiKeyPolicy {
  constructor(
    private readonly sessions: SessionsService,
    private readonly accounts: AccountsRepository,
  ) {}

  /**
   * Asserts that the caller can access the keys of `ownerId`, or service keys if `ownerId` is null.
   * @throws DomainError FORBIDDEN with the missing scope in `details.requiredScope`.
   */
  async assertCanAccess(
    principal: Principal,
    scope: 'api_keys:read' | 'api_keys:write',
    ownerId: string | null,
  ): Promise<void> {
    if (hasScope(principal.scopes, scope) || (await this.isSignedInOwner(principal, ownerId))) return;
    throw new DomainError(
      'FORBIDDEN',
      `Requires the scope ${scope}, or an access token if it is your own personal key`,
      { requiredScope: scope },
    );
  }

  /**
   * Asserts that the caller can grant these scopes to a key of `ownerId`. On a personal key, `*` means the permissions
   * of its user, so the user can always grant it.
   * @throws DomainError FORBIDDEN
   */
  async assertCanGrant(principal: Principal, ownerId: string | null, scopes: readonly string[]): Promise<void> {
    const isOwner = await this.isSignedInOwner(principal, ownerId);
    assertHasScopes(principal, isOwner ? scopes.filter((scope) => scope !== '*') : scopes);
  }

  /** True if a key that the caller creates for themselves can change their account. */
  async provesAccount({ userId, credentialId }: Principal): Promise<boolean> {
    return userId !== null && this.accounts.isProven(userId, credentialId);
  }

  private async isSignedInOwner(principal: Principal, ownerId: string | null): Promise<boolean> {
    return ownerId !== null && ownerId === principal.userId && this.sessions.isSession(principal);
  }
}
