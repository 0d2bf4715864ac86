import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { SecondFactorChecks, type SecondFactorProof } from '../second-factor/second-factor-checks.service.js';
import { UsersRepository, type SignInRow } from '../users/users.repository.js';
import { passwordMatches } from './passwords.js';
import { SignInGuard } from './sign-in-guard.service.js';
import { SignInLedger, type Device } from './sign-in-ledger.service.js';
import { SignInTokens, type SignInView } from './sign-in-tokens.service.js';
import { WrongCredential } from './wrong-credential.js';

/** What somebody shows to sign in. */
export interface Login {
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
    private readonly secondFactors: SecondFactorChecks,
    private readonly guard: SignInGuard,
    private readonly ledger: SignInLedger,
    private readonly tokens: SignInTokens,
  ) {}

  /**
   * Signs in with a password, and a second factor where the user has one.
   * @throws DomainError UNAUTHORIZED, in the same words whatever was wrong, and with `second_factor_required` when only that is missing;
   * FORBIDDEN where the workspace takes no passwords, TOO_MANY_REQUESTS after too many wrong tries.
   */
  async login(login: Login, device: Device): Promise<SignInView> {
    const { user, workspaceId } = await this.guard.watch(login.email, device.address, () => this.prove(login, device));
    return this.ledger.inOneGo(() =>
      this.tokens.begin(user.id, { workspaceId, workspaces: user.workspaces, byPassword: true }, device),
    );
  }

  private async prove(
    { email, password, workspaceId, secondFactor }: Login,
    device: Device,
  ): Promise<{ user: SignInRow; workspaceId: string }> {
    const user = await this.users.findForSignIn(email);
    const matches = await passwordMatches(user?.password_hash ?? null, password);
    const chosen =
      workspaceId === null
        ? (user?.workspaces.find(({ by_password: open }) => open) ?? user?.workspaces[0])
        : user?.workspaces.find(({ id }) => id === workspaceId);
    if (!user || !chosen) throw refused();
    try {
      if (!matches) throw refused();
      await this.secondFactors.pass(user.id, secondFactor);
      if (!chosen.by_password)
        throw new DomainError('FORBIDDEN', 'This workspace takes no passwords: sign in through its provider', {
          workspace_id: chosen.id,
        });
      return { user, workspaceId: chosen.id };
    } catch (error) {
      if (error instanceof WrongCredential) await this.ledger.failed(user.id, chosen.id, device);
      throw error;
    }
  }
}

function refused(): WrongCredential {
  return new WrongCredential('UNAUTHORIZED', 'The e-mail, password or workspace is not right');
}
