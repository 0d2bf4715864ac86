import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { SecondFactorVerifier, type SecondFactorProof } from '../second-factor/second-factor-verifier.service.js';
import { UsersRepository, type SignInRow } from '../users/users.repository.js';
import { verifyPassword } from './passwords.js';
import { LoginThrottle } from './login-throttle.service.js';
import { SignInAuditLogService, type Device } from './sign-in-audit-log.service.js';
import { SignInTokensService, type SignInView } from './sign-in-tokens.service.js';
import { WrongCredentialError } from './wrong-credential-error.js';

/** What somebody shows to sign in. */
export interface LoginInput {
  readonly email: string;
  readonly password: string;
  /** The oldest membership's that takes passwords when null. */
  readonly workspaceId: string | null;
  readonly secondFactor: SecondFactorProof;
}

/** Signing in with a password. */
@Injectable()
export class LoginService {
  constructor(
    private readonly users: UsersRepository,
    private readonly secondFactors: SecondFactorVerifier,
    private readonly throttle: LoginThrottle,
    private readonly auditLog: SignInAuditLogService,
    private readonly tokens: SignInTokensService,
  ) {}

  /**
   * Signs in with a password, and a second factor where the user has one.
   * @throws DomainError UNAUTHORIZED, in the same words whatever was wrong, and with `second_factor_required` when only that is missing;
   * FORBIDDEN where the workspace takes no passwords, TOO_MANY_REQUESTS after too many wrong tries.
   */
  async login(input: LoginInput, device: Device): Promise<SignInView> {
    const { user, workspaceId } = await this.throttle.guard(input.email, device.address, () =>
      this.authenticate(input, device),
    );
    return this.auditLog.runInTransaction(() =>
      this.tokens.startSession(user.id, { workspaceId, workspaces: user.workspaces, byPassword: true }, device),
    );
  }

  private async authenticate(
    { email, password, workspaceId, secondFactor }: LoginInput,
    device: Device,
  ): Promise<{ user: SignInRow; workspaceId: string }> {
    const user = await this.users.findForSignIn(email);
    const isPasswordCorrect = await verifyPassword(user?.password_hash ?? null, password);
    const workspace =
      workspaceId === null
        ? (user?.workspaces.find(({ by_password: allowsPassword }) => allowsPassword) ?? user?.workspaces[0])
        : user?.workspaces.find(({ id }) => id === workspaceId);
    if (!user || !workspace) throw invalidLoginError();
    try {
      if (!isPasswordCorrect) throw invalidLoginError();
      await this.secondFactors.verify(user.id, secondFactor);
      if (!workspace.by_password)
        throw new DomainError('FORBIDDEN', 'This workspace takes no passwords: sign in through its provider', {
          workspace_id: workspace.id,
        });
      return { user, workspaceId: workspace.id };
    } catch (error) {
      if (error instanceof WrongCredentialError) await this.auditLog.recordFailure(user.id, workspace.id, device);
      throw error;
    }
  }
}

function invalidLoginError(): WrongCredentialError {
  return new WrongCredentialError('UNAUTHORIZED', 'The e-mail, password or workspace is not right');
}
