import { Injectable } from '@nestjs/common';
import { badRequest } from '@parley/kernel';
import { hashPassword, passwordMatches } from '../auth/passwords.js';
import { SignInGuard } from '../auth/sign-in-guard.service.js';
import type { Device } from '../auth/sign-in-ledger.service.js';
import { WrongCredential } from '../auth/wrong-credential.js';
import { assertGoodPassword } from '../passwords/password-policy.js';
import { SecondFactorChecks, type SecondFactorProof } from '../second-factor/second-factor-checks.service.js';
import type { ShownInvitation } from './invitation.view.js';
import type { HeldInvitation } from './invitations.repository.js';

/** What somebody shows beside the token of an invitation. */
export interface ShownProof {
  readonly password: string | null;
  readonly secondFactor: SecondFactorProof;
}

/** What joining takes. Who signs in elsewhere through a provider has no password, and must not be given one by whoever holds the link. */
export function passwordNeeded({
  password_hash: known,
  elsewhere,
}: Pick<HeldInvitation, 'password_hash' | 'elsewhere'>): ShownInvitation['password'] {
  if (known !== null) return 'known';
  return elsewhere ? 'none' : 'new';
}

/** Holds that whoever joins is who was invited. */
@Injectable()
export class InvitationProof {
  constructor(
    private readonly guard: SignInGuard,
    private readonly secondFactors: SecondFactorChecks,
  ) {}

  /** Gives the hash of the password that a new person has chosen, else null. @throws DomainError BAD_REQUEST, UNAUTHORIZED for the second factor, TOO_MANY_REQUESTS */
  async take(
    held: HeldInvitation,
    { password, secondFactor }: ShownProof,
    { address }: Device,
  ): Promise<string | null> {
    const needed = passwordNeeded(held);
    if (needed === 'none') {
      if (password !== null)
        throw badRequest({ password: ['password must be left out: you sign in through a provider'] });
      return null;
    }
    if (password === null)
      throw badRequest({
        password: [
          needed === 'new' ? 'password is needed: choose one' : 'password is needed: the one that you sign in with',
        ],
      });
    if (needed === 'new') {
      assertGoodPassword(password, { email: held.email, workspaces: [held.workspace_name] });
      return hashPassword(password);
    }
    await this.guard.watch(held.email, address, async () => {
      if (!(await passwordMatches(held.password_hash, password)))
        throw new WrongCredential('BAD_REQUEST', 'The request is not valid', {
          password: ['password is not the one that you sign in with'],
        });
      await this.secondFactors.pass(held.user_id, secondFactor);
    });
    return null;
  }
}
