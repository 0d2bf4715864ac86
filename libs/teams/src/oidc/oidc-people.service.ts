import { Injectable } from '@nestjs/common';
import { DomainError, Events, newId } from '@parley/kernel';
import { InvitedPlaces } from '../invitations/invited-places.service.js';
import { UserJoined } from '../teams.events.js';
import { UsersRepository } from '../users/users.repository.js';
import type { OidcClaims } from './oidc-client.service.js';
import type { SigningProvider } from './oidc-provider.view.js';
import { isInDomains } from './oidc-rules.js';
import { UserIdentitiesRepository, type KnownPerson } from './user-identities.repository.js';

const LONGEST_NAME = 120;

/** Finds out whom a provider speaks of. */
@Injectable()
export class OidcPeople {
  constructor(
    private readonly identities: UserIdentitiesRepository,
    private readonly users: UsersRepository,
    private readonly places: InvitedPlaces,
    private readonly events: Events,
  ) {}

  /**
   * The user: known by the provider's subject, else by their verified e-mail, else made where the provider may. Who is invited joins by it. Needs a unit of work.
   * @throws DomainError FORBIDDEN for an e-mail that is not verified or of another domain, and for whoever has no active account.
   */
  async resolve(provider: SigningProvider, claims: OidcClaims): Promise<string> {
    const { workspaceId, id } = provider;
    const known = await this.identities.find(workspaceId, id, claims.subject);
    if (provider.allowedDomains.length > 0 || known?.status !== 'active') assertGoodEmail(provider, claims);
    const userId = known?.status ? await this.admitted(workspaceId, known) : await this.byEmail(provider, claims);
    await this.identities.keep(workspaceId, id, claims.subject, userId);
    return userId;
  }

  private async byEmail(provider: SigningProvider, { email, name }: OidcClaims): Promise<string> {
    const person = await this.identities.findByEmail(provider.workspaceId, email!);
    if (person?.status) return this.admitted(provider.workspaceId, person);
    if (!provider.autoProvision) throw forbidden('There is no account for you here: ask an admin to invite you');
    const userId = person?.user_id ?? newId();
    if (!person)
      await this.users.add({
        id: userId,
        email: email!,
        name: (name ?? email!.split('@')[0]!).slice(0, LONGEST_NAME),
        passwordHash: null,
      });
    await this.users.addMembership(provider.workspaceId, userId, provider.defaultRole);
    this.events.append(new UserJoined(userId, { role: provider.defaultRole }, provider.workspaceId));
    return userId;
  }

  private async admitted(workspaceId: string, { user_id: userId, status }: KnownPerson): Promise<string> {
    if (status === 'inactive') throw forbidden('Your account here is not active');
    if (status === 'invited') await this.places.join(workspaceId, userId);
    return userId;
  }
}

function assertGoodEmail({ allowedDomains }: SigningProvider, { email, emailVerified }: OidcClaims): void {
  if (email === null || email.length > 254) throw forbidden('The provider does not say what your e-mail is');
  if (!emailVerified) throw forbidden('The provider has not verified your e-mail');
  if (!isInDomains(email, allowedDomains)) throw forbidden('Your e-mail is of a domain that may not sign in here');
}

function forbidden(message: string): DomainError {
  return new DomainError('FORBIDDEN', message);
}
