import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@parley/kernel';
import { hasScope, type Scope } from '@parley/kernel/auth';
import { assertHasScopes } from '../roles/grantable-scopes.js';
import { SessionsService } from '../sessions/sessions.service.js';

/**
 * Who may do what with keys. Whoever has signed in looks after their own; anything else takes the scope, also one's own keys by another key: whoever
 * has found a key must not make themselves more of them.
 */
@Injectable()
export class ApiKeyPolicy {
  constructor(private readonly sessions: SessionsService) {}

  /** Holds that the caller may act on the keys of `ownerId`: on service keys when that is null. @throws DomainError FORBIDDEN naming the scope that they lack. */
  async assertCanAccess(
    principal: Principal,
    scope: Extract<Scope, `api_keys:${string}`>,
    ownerId: string | null,
  ): Promise<void> {
    if (hasScope(principal.scopes, scope) || (await this.isSignedInOwner(principal, ownerId))) return;
    throw new DomainError(
      'FORBIDDEN',
      `This needs the scope ${scope}, unless you are signed in and it is a personal key of your own`,
      { required_scope: scope },
    );
  }

  /** Holds that the caller may give a key of `ownerId` these scopes. `*` on a personal key is whatever its user may do, so that it is theirs to give. @throws DomainError FORBIDDEN */
  async assertCanGrant(principal: Principal, ownerId: string | null, scopes: readonly string[]): Promise<void> {
    const isOwner = await this.isSignedInOwner(principal, ownerId);
    assertHasScopes(principal, isOwner ? scopes.filter((scope) => scope !== '*') : scopes);
  }

  private async isSignedInOwner(principal: Principal, ownerId: string | null): Promise<boolean> {
    return ownerId !== null && ownerId === principal.userId && this.sessions.isSession(principal);
  }
}
