import { Injectable } from '@nestjs/common';
import { DomainError, newId } from '@parley/kernel';
import { Events } from '@parley/kernel/events';
import { InvitationMembershipsService } from '../invitations/invitation-memberships.service.js';
import { UserJoined } from '../teams.events.js';
import { UsersRepository } from '../users/users.repository.js';
import type { OidcClaims } from './oidc-client.service.js';
import type { SignInProvider } from './oidc-provider.view.js';
import { isInDomains } from './oidc-rules.js';
import { UserIdentitiesRepository, type IdentityUserRow } from './user-identities.repository.js';

const MAX_NAME_LENGTH = 120;

/** Finds out whom a provider speaks of. */
@Injectable()
export class OidcUserResolver {
  constructor(
    private readonly identities: UserIdentitiesRepository,
    private readonly users: UsersRepository,
    private readonly memberships: InvitationMembershipsService,
    private readonly events: Events,
  ) {}

  /**
   * The user: known by the provider's subject, else by their verified e-mail, else made where the provider may. Who is invited joins by it. Needs a unit of work.
   * @throws DomainError FORBIDDEN for an e-mail that is not verified or of another domain, and for whoever has no active account.
   */
  async resolve(provider: SignInProvider, claims: OidcClaims): Promise<string> {
    const { workspaceId, id } = provider;
    const identity = await this.identities.find(workspaceId, id, claims.subject);
    if (provider.allowedDomains.length > 0 || identity?.status !== 'active') assertAllowedEmail(provider, claims);
    const userId = identity?.status
      ? await this.admit(workspaceId, identity)
      : await this.resolveByEmail(provider, claims);
    await this.identities.save(workspaceId, id, claims.subject, userId);
    return userId;
  }

  private async resolveByEmail(provider: SignInProvider, { email, name }: OidcClaims): Promise<string> {
    const existing = await this.identities.findByEmail(provider.workspaceId, email!);
    if (existing?.status) return this.admit(provider.workspaceId, existing);
    if (!provider.autoProvision)
      throw signInForbiddenError('There is no account for you here: ask an admin to invite you');
    const userId = existing?.user_id ?? newId();
    if (!existing)
      await this.users.add({
        id: userId,
        email: email!,
        name: (name ?? email!.split('@')[0]!).slice(0, MAX_NAME_LENGTH),
        passwordHash: null,
      });
    await this.users.addMembership(provider.workspaceId, userId, provider.defaultRole);
    this.events.append(new UserJoined(userId, { role: provider.defaultRole }, provider.workspaceId));
    return userId;
  }

  private async admit(workspaceId: string, { user_id: userId, status }: IdentityUserRow): Promise<string> {
    if (status === 'inactive') throw signInForbiddenError('Your account here is not active');
    if (status === 'invited') await this.memberships.activate(workspaceId, userId);
    return userId;
  }
}

function assertAllowedEmail({ allowedDomains }: SignInProvider, { email, emailVerified }: OidcClaims): void {
  if (email === null || email.length > 254) throw signInForbiddenError('The provider does not say what your e-mail is');
  if (!emailVerified) throw signInForbiddenError('The provider has not verified your e-mail');
  if (!isInDomains(email, allowedDomains))
    throw signInForbiddenError('Your e-mail is of a domain that may not sign in here');
}

function signInForbiddenError(message: string): DomainError {
  return new DomainError('FORBIDDEN', message);
}
