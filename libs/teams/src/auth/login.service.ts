import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { SecondFactorVerifier, type SecondFactorProof } from '../second-factor/second-factor-verifier.service.js';
import { UsersRepository, type SignInRow } from '../users/users.repository.js';
import { verifyPassword } from './passwords.js';
import { LoginThrottle } from '../sign-in-attempts/login-throttle.service.js';
import { SignInAuditLogService, type Device } from './sign-in-audit-log.service.js';
import { SignInTokensService, type SignInView } from './sign-in-tokens.service.js';
import { WrongCredentialError } from '../sign-in-attempts/wrong-credential-error.js';

/** Credentials of a sign-in. */
export interface LoginInput {
  readonly email: string;
  readonly password: string;
  /** If null, the oldest membership whose workspace allows passwords. */
  readonly workspaceId: string | null;
  readonly secondFactor: SecondFactorProof;
}

/** Sign-in with a password. */
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
   * Signs in with a password and, if the user has one, a second factor.
   * @throws DomainError UNAUTHORIZED with the same message for every wrong credential, and with
   * `second_factor_required` if only the second factor is missing; FORBIDDEN if the workspace does not allow passwords;
   * TOO_MANY_REQUESTS after too many failed attempts.
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
        throw new DomainError('FORBIDDEN', 'This workspace does not allow passwords: sign in through its provider', {
          workspaceId: workspace.id,
        });
      return { user, workspaceId: workspace.id };
    } catch (error) {
      if (error instanceof WrongCredentialError) await this.auditLog.recordFailure(user.id, workspace.id, device);
      throw error;
    }
  }
}

function invalidLoginError(): WrongCredentialError {
  return new WrongCredentialError('UNAUTHORIZED', 'Incorrect e-mail, password or workspace');
}
