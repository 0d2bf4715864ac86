import { Inject, Injectable } from '@nestjs/common';
import { DomainError, SETTINGS, unprocessableError, type Principal, type Settings } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { assertValidPassword } from '../passwords/password-policy.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { hashPassword } from './passwords.js';
import { SignInAuditLogService, type Device } from './sign-in-audit-log.service.js';
import { SignInTokensService, type SignInView } from './sign-in-tokens.service.js';

/** Fields of a registration. */
export interface RegisterInput {
  readonly workspaceName: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Registration and sign-out. */
@Injectable()
export class AuthService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly workspaces: WorkspacesService,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly cache: CredentialCache,
    private readonly auditLog: SignInAuditLogService,
    private readonly tokens: SignInTokensService,
  ) {}

  /**
   * Creates a workspace with its owner and signs the owner in.
   * @throws DomainError FORBIDDEN if sign-up is closed, CONFLICT if the e-mail is already registered, BAD_REQUEST for
   * an invalid password.
   */
  async register(input: RegisterInput, device: Device): Promise<SignInView> {
    if (!this.settings.signupOpen)
      throw new DomainError('FORBIDDEN', 'Sign-up is closed on this server: ask an admin for an invitation');
    assertValidPassword(input.password, { email: input.email, workspaces: [input.workspaceName] });
    if (await this.accounts.isEmailHeld(input.email)) {
      throw new DomainError('CONFLICT', 'This e-mail is already registered: sign in instead', {
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
   * Revokes the session of an access token.
   * @throws DomainError UNPROCESSABLE for an API key.
   */
  async logout(principal: Principal): Promise<void> {
    const isRevoked = await this.sessions.revoke(principal.workspaceId, principal.credentialId);
    if (!isRevoked) throw unprocessableError('An API key has no session: revoke the key instead');
    this.cache.evict(principal.credentialId);
  }
}
