import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CredentialCache, DomainError, SETTINGS, unprocessable, type AccessToken, type Principal, type Settings } from '@parley/kernel';
import { UsersRepository } from '../users/users.repository.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SignInLedger, type Device } from './sign-in-ledger.service.js';
import { ACCESS_TOKEN_SECONDS, hashRefreshToken, newRefreshToken } from './tokens.js';

/** What a client keeps after signing in. */
export interface SignInView {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
  readonly workspaceId: string;
  readonly userId: string;
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
}

/** What a registration needs. */
export interface Registration {
  readonly workspaceName: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Registering, signing in and out. */
@Injectable()
export class AuthService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly workspaces: WorkspacesService,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly jwt: JwtService,
    private readonly cache: CredentialCache,
    private readonly ledger: SignInLedger,
  ) {}

  /**
   * Makes a workspace with its owner and signs them in.
   * @throws DomainError FORBIDDEN while sign-up is closed, CONFLICT when the e-mail is known already.
   */
  async register(registration: Registration, device: Device): Promise<SignInView> {
    if (!this.settings.signupOpen) throw new DomainError('FORBIDDEN', 'Sign-up is closed on this server: ask its admin for an invitation');
    if (await this.users.findForSignIn(registration.email)) {
      throw new DomainError('CONFLICT', 'This e-mail is registered already: sign in instead', { email: registration.email });
    }
    const passwordHash = await hashPassword(registration.password);
    return this.ledger.inOneGo(async () => {
      const { workspaceName, name, email } = registration;
      const { workspaceId, userId } = await this.workspaces.create(workspaceName, { email, name, passwordHash });
      return this.begin(userId, workspaceId, [{ id: workspaceId, name: workspaceName }], device);
    });
  }

  /**
   * Signs in to one workspace; the oldest membership's unless one is named.
   * @throws DomainError UNAUTHORIZED, in the same words whatever was wrong.
   */
  async login(email: string, password: string, workspaceId: string | null, device: Device): Promise<SignInView> {
    const user = await this.users.findForSignIn(email);
    const matches = await passwordMatches(user?.password_hash ?? null, password);
    const chosen = workspaceId === null ? user?.workspaces[0] : user?.workspaces.find(({ id }) => id === workspaceId);
    if (!user || !matches || !chosen) {
      if (user && chosen) await this.ledger.failed(user.id, chosen.id, device);
      throw new DomainError('UNAUTHORIZED', 'The e-mail, password or workspace is not right');
    }
    return this.ledger.inOneGo(() => this.begin(user.id, chosen.id, user.workspaces, device));
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
    return this.view(session.user_id, session.workspace_id, session.id, token, []);
  }

  /** Ends the session of an access token. @throws DomainError UNPROCESSABLE for an API key. */
  async logout(principal: Principal): Promise<void> {
    const ended = await this.sessions.revoke(principal.workspaceId, principal.credentialId);
    if (!ended) throw unprocessable('An API key has no session to end: revoke the key instead');
    this.cache.evict(principal.credentialId);
  }

  private async begin(userId: string, workspaceId: string, workspaces: SignInView['workspaces'], device: Device): Promise<SignInView> {
    const refreshToken = newRefreshToken();
    const id = await this.ledger.start(userId, workspaceId, hashRefreshToken(refreshToken), device);
    return this.view(userId, workspaceId, id, refreshToken, workspaces);
  }

  private view(userId: string, workspaceId: string, sessionId: string, refreshToken: string, workspaces: SignInView['workspaces']): SignInView {
    const claims: AccessToken = { sub: userId, sid: sessionId };
    const accessToken = this.jwt.sign(claims, { expiresIn: ACCESS_TOKEN_SECONDS });
    return { accessToken, refreshToken, expiresInSeconds: ACCESS_TOKEN_SECONDS, workspaceId, userId, workspaces };
  }
}
