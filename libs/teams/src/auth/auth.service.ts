import { Inject, Injectable } from '@nestjs/common';
import { DomainError, SETTINGS, unprocessableError, type Principal, type Settings } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { assertValidPassword } from '../passwords/password-policy.js';
import { SessionsRepository, type RefreshableSessionRow } from '../sessions/sessions.repository.js';
import { UsersRepository } from '../users/users.repository.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { hashPassword } from './passwords.js';
import { SignInAuditLogService, type Device } from './sign-in-audit-log.service.js';
import { SignInTokensService, type SignInView } from './sign-in-tokens.service.js';
import { hashRefreshToken, generateRefreshToken } from './tokens.js';

/** What a registration needs. */
export interface RegisterInput {
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
    private readonly auditLog: SignInAuditLogService,
    private readonly tokens: SignInTokensService,
  ) {}

  /**
   * Makes a workspace with its owner and signs them in.
   * @throws DomainError FORBIDDEN while sign-up is closed, CONFLICT when the e-mail is known already, BAD_REQUEST for a bad password.
   */
  async register(input: RegisterInput, device: Device): Promise<SignInView> {
    if (!this.settings.signupOpen)
      throw new DomainError('FORBIDDEN', 'Sign-up is closed on this server: ask its admin for an invitation');
    assertValidPassword(input.password, { email: input.email, workspaces: [input.workspaceName] });
    if (await this.users.findForSignIn(input.email)) {
      throw new DomainError('CONFLICT', 'This e-mail is registered already: sign in instead', {
        email: input.email,
      });
    }
    const passwordHash = await hashPassword(input.password);
    return this.auditLog.runInTransaction(async () => {
      const { workspaceName, name, email } = input;
      const { workspaceId, userId } = await this.workspaces.create(workspaceName, { email, name, passwordHash });
      return this.tokens.startSession(
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
    const refreshHash = hashRefreshToken(refreshToken);
    const refreshed = await this.auditLog.runInTransaction(async () => {
      const session = await this.sessions.lockByRefreshToken(refreshHash);
      if (!session) return null;
      if (session.stale) {
        await this.sessions.revoke(session.workspace_id, session.id);
        return { session, token: null };
      }
      const token = generateRefreshToken();
      await this.sessions.rotate(session.id, hashRefreshToken(token), this.auditLog.computeSessionExpiry());
      return { session, token };
    });
    if (!refreshed?.token) {
      if (refreshed) this.cache.evict(refreshed.session.id);
      throw new DomainError('UNAUTHORIZED', 'The refresh token is not valid, has expired or was used before');
    }
    const { session, token } = refreshed;
    return this.tokens.buildView(
      session.user_id,
      session.workspace_id,
      session.id,
      token,
      await this.listWorkspaces(session),
    );
  }

  /** Ends the session of an access token. @throws DomainError UNPROCESSABLE for an API key. */
  async logout(principal: Principal): Promise<void> {
    const isRevoked = await this.sessions.revoke(principal.workspaceId, principal.credentialId);
    if (!isRevoked) throw unprocessableError('An API key has no session to end: revoke the key instead');
    this.cache.evict(principal.credentialId);
  }

  private async listWorkspaces({
    by_password: byPassword,
    email,
    workspace_id: id,
    workspace_name: name,
  }: RefreshableSessionRow): Promise<SignInView['workspaces']> {
    return byPassword ? ((await this.users.findForSignIn(email))?.workspaces ?? []) : [{ id, name }];
  }
}
