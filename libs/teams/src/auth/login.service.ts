import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { AccountsRepository, type AccountRow } from '../accounts/accounts.repository.js';
import { SecondFactorVerifier, type SecondFactorProof } from '../second-factor/second-factor-verifier.service.js';
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
    private readonly accounts: AccountsRepository,
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
    const { account, workspaceId } = await this.throttle.guard(
      await this.throttle.resolveSignInKey(input.email, device.address),
      device.address,
      () => this.authenticate(input, device),
      // The password of one account must not reset the attempts to guess that of another.
      ({ account: { is_only_account: isOnlyAccount } }) => isOnlyAccount,
    );
    const { id, workspaces } = account;
    return this.auditLog.runInTransaction(() =>
      this.tokens.startSession(id, { workspaceId, workspaces, byPassword: true }, device),
    );
  }

  private async authenticate(
    { email, password, workspaceId, secondFactor }: LoginInput,
    device: Device,
  ): Promise<{ account: AccountRow; workspaceId: string }> {
    const accounts = await this.accounts.listByEmail(email, workspaceId);
    const matching = await findMatching(accounts, password);
    const account = matching ?? accounts[0];
    if (!account) throw invalidLoginError();
    const workspace = selectWorkspace(account, workspaceId);
    try {
      if (!matching) throw invalidLoginError();
      await this.secondFactors.verify(account.id, secondFactor);
      if (!workspace.by_password)
        throw new DomainError('FORBIDDEN', 'This workspace does not allow passwords: sign in through its provider', {
          workspaceId: workspace.id,
        });
      return { account, workspaceId: workspace.id };
    } catch (error) {
      if (error instanceof WrongCredentialError) await this.auditLog.recordFailure(account.id, workspace.id, device);
      throw error;
    }
  }
}

/** The first account with this password. Takes the same time without an account as with one. */
async function findMatching(accounts: readonly AccountRow[], password: string): Promise<AccountRow | undefined> {
  if (accounts.length === 0) await verifyPassword(null, password);
  for (const account of accounts) if (await verifyPassword(account.password_hash, password)) return account;
  return undefined;
}

/** The requested workspace, or the first one that allows passwords. The account belongs to at least one. */
function selectWorkspace({ workspaces }: AccountRow, workspaceId: string | null): AccountRow['workspaces'][number] {
  const selected =
    workspaceId === null
      ? workspaces.find(({ by_password: allowsPassword }) => allowsPassword)
      : workspaces.find(({ id }) => id === workspaceId);
  return selected ?? workspaces[0]!;
}

function invalidLoginError(): WrongCredentialError {
  return new WrongCredentialError('UNAUTHORIZED', 'Incorrect e-mail, password or workspace');
}
