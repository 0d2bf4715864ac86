import { Inject, Injectable } from '@nestjs/common';
import { CredentialCache, DomainError, SETTINGS, unprocessable, type Principal, type Settings } from '@parley/kernel';
import { assertGoodPassword } from '../passwords/password-policy.js';
import { SessionsRepository, type RefreshedSession } from '../sessions/sessions.repository.js';
import { UsersRepository } from '../users/users.repository.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { hashPassword } from './passwords.js';
import { SignInLedger, type Device } from './sign-in-ledger.service.js';
import { SignInTokens, type SignInView } from './sign-in-tokens.service.js';
import { hashRefreshToken, newRefreshToken } from './tokens.js';

/** What a registration needs. */
export interface Registration {
  readonly workspaceName: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Registering, staying signed in, and signing out. */
@Injectable()
export class AuthService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly workspaces: WorkspacesService,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly cache: CredentialCache,
    private readonly ledger: SignInLedger,
    private readonly tokens: SignInTokens,
  ) {}

  /**
   * Makes a workspace with its owner and signs them in.
   * @throws DomainError FORBIDDEN while sign-up is closed, CONFLICT when the e-mail is known already, BAD_REQUEST for a bad password.
   */
  async register(registration: Registration, device: Device): Promise<SignInView> {
    if (!this.settings.signupOpen)
      throw new DomainError('FORBIDDEN', 'Sign-up is closed on this server: ask its admin for an invitation');
    assertGoodPassword(registration.password, { email: registration.email, workspaces: [registration.workspaceName] });
    if (await this.users.findForSignIn(registration.email)) {
      throw new DomainError('CONFLICT', 'This e-mail is registered already: sign in instead', {
        email: registration.email,
      });
    }
    const passwordHash = await hashPassword(registration.password);
    return this.ledger.inOneGo(async () => {
      const { workspaceName, name, email } = registration;
      const { workspaceId, userId } = await this.workspaces.create(workspaceName, { email, name, passwordHash });
      return this.tokens.begin(
        userId,
        { workspaceId, workspaces: [{ id: workspaceId, name: workspaceName }], byPassword: true },
        device,
      );
    });
  }

  /**
   * Gives new tokens for a refresh token, which is thereby used up. A token that comes a second time has been
   * copied by somebody: its session ends.
   * @throws DomainError UNAUTHORIZED
   */
  async refresh(refreshToken: string): Promise<SignInView> {
    const hash = hashRefreshToken(refreshToken);
    const refreshed = await this.ledger.inOneGo(async () => {
      const session = await this.sessions.lockByRefreshToken(hash);
      if (!session) return null;
      if (session.stale) {
        await this.sessions.revoke(session.workspace_id, session.id);
        return { session, token: null };
      }
      const token = newRefreshToken();
      await this.sessions.rotate(session.id, hashRefreshToken(token), this.ledger.sessionEnd());
      return { session, token };
    });
    if (!refreshed?.token) {
      if (refreshed) this.cache.evict(refreshed.session.id);
      throw new DomainError('UNAUTHORIZED', 'The refresh token is not valid, has expired or was used before');
    }
    const { session, token } = refreshed;
    return this.tokens.view(session.user_id, session.workspace_id, session.id, token, await this.workspacesOf(session));
  }

  /** Ends the session of an access token. @throws DomainError UNPROCESSABLE for an API key. */
  async logout(principal: Principal): Promise<void> {
    const ended = await this.sessions.revoke(principal.workspaceId, principal.credentialId);
    if (!ended) throw unprocessable('An API key has no session to end: revoke the key instead');
    this.cache.evict(principal.credentialId);
  }

  private async workspacesOf({
    by_password: byPassword,
    email,
    workspace_id: id,
    workspace_name: name,
  }: RefreshedSession): Promise<SignInView['workspaces']> {
    return byPassword ? ((await this.users.findForSignIn(email))?.workspaces ?? []) : [{ id, name }];
  }
}
