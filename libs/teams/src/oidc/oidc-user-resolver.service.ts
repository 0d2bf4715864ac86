import { Injectable } from '@nestjs/common';
import { DomainError, newId } from '@parley/kernel';
import { truncateText } from '@parley/kernel/text';
import { Events } from '@parley/kernel/events';
import { InvitationMembershipsService } from '../invitations/invitation-memberships.service.js';
import { InvitationMoveService } from '../invitations/invitation-move.service.js';
import { UserJoined } from '../teams.events.js';
import { MembershipsRepository } from '../accounts/memberships.repository.js';
import { UsersRepository } from '../users/users.repository.js';
import type { OidcClaims } from './oidc-client.service.js';
import type { SignInProvider } from './oidc-provider.view.js';
import { isInDomains } from './oidc-rules.js';
import { UserIdentitiesRepository, type IdentityUserRow } from './user-identities.repository.js';

const MAX_NAME_LENGTH = 120;

/** Resolves the claims of a provider to a user. */
@Injectable()
export class OidcUserResolver {
  constructor(
    private readonly identities: UserIdentitiesRepository,
    private readonly users: UsersRepository,
    private readonly membershipsRepository: MembershipsRepository,
    private readonly moves: InvitationMoveService,
    private readonly memberships: InvitationMembershipsService,
    private readonly events: Events,
  ) {}

  /**
   * Finds the member by the provider's subject, then by verified e-mail, and otherwise creates a user if the provider
   * allows it. Activates an invited user. The provider speaks for its workspace only: it neither adds an account that
   * holds its address to the workspace nor accepts an invitation for it, but creates an account of the workspace.
   * Requires a unit of work.
   * @throws DomainError FORBIDDEN for an unverified e-mail, a disallowed domain, or a user without an active account.
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
    if (existing) return this.admit(provider.workspaceId, existing);
    if (!provider.autoProvision)
      throw signInForbiddenError('You have no account in this workspace: ask an admin for an invitation');
    const userId = newId();
    await this.users.add({
      id: userId,
      email: email!,
      name: truncateText(name ?? email!.split('@')[0]!, MAX_NAME_LENGTH),
      passwordHash: null,
      homeWorkspaceId: provider.workspaceId,
    });
    await this.membershipsRepository.add(provider.workspaceId, userId, provider.defaultRole);
    this.events.append(new UserJoined(userId, { role: provider.defaultRole }, provider.workspaceId));
    return userId;
  }

  private async admit(
    workspaceId: string,
    { user_id: invitedId, status, is_local: isLocal }: IdentityUserRow,
  ): Promise<string> {
    if (status === 'inactive') throw signInForbiddenError('Your account in this workspace is not active');
    if (status !== 'invited') return invitedId;
    const userId = isLocal ? invitedId : await this.moves.moveToNewAccount(workspaceId, invitedId);
    await this.memberships.activate(workspaceId, userId);
    return userId;
  }
}

function assertAllowedEmail({ allowedDomains }: SignInProvider, { email, emailVerified }: OidcClaims): void {
  if (email === null || email.length > 254)
    throw signInForbiddenError('The provider did not return a valid e-mail for you');
  if (!emailVerified) throw signInForbiddenError('The provider has not verified your e-mail');
  if (!isInDomains(email, allowedDomains))
    throw signInForbiddenError('The domain of your e-mail is not allowed to sign in here');
}

function signInForbiddenError(message: string): DomainError {
  return new DomainError('FORBIDDEN', message);
}
