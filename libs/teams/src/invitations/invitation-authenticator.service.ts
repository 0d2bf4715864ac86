import { Injectable } from '@nestjs/common';
import { invalidInputError } from '@parley/kernel';
import { hashPassword, verifyPassword } from '../auth/passwords.js';
import { LoginThrottle } from '../sign-in-attempts/login-throttle.service.js';
import type { Device } from '../auth/sign-in-audit-log.service.js';
import { WrongPasswordError } from '../sign-in-attempts/wrong-credential-error.js';
import { assertValidPassword } from '../passwords/password-policy.js';
import { SecondFactorVerifier, type SecondFactorProof } from '../second-factor/second-factor-verifier.service.js';
import type { InvitationPreview } from './invitation.view.js';
import type { PendingInvitationRow } from './invitations.repository.js';

/** Credentials in addition to the token of an invitation. */
export interface InvitationProof {
  readonly password: string | null;
  readonly secondFactor: SecondFactorProof;
}

/**
 * Password that joining requires. The holder of a mailed link proves an account without a password. The holder of any
 * other link joins with a new account of the workspace.
 */
export function passwordRequirement({
  password_hash: passwordHash,
  is_local: isLocal,
  mailed,
}: Pick<PendingInvitationRow, 'password_hash' | 'is_local' | 'mailed'>): InvitationPreview['password'] {
  if (passwordHash !== null) return 'existing';
  return isLocal || !mailed ? 'new' : 'none';
}

/** Verifies the identity of a user who accepts an invitation. */
@Injectable()
export class InvitationAuthenticator {
  constructor(
    private readonly throttle: LoginThrottle,
    private readonly secondFactors: SecondFactorVerifier,
  ) {}

  /**
   * Verifies the credentials. Returns the hash of the password that a new user has chosen, otherwise null.
   * @throws DomainError BAD_REQUEST, UNAUTHORIZED for the second factor, TOO_MANY_REQUESTS
   */
  async verify(
    invitation: PendingInvitationRow,
    { password, secondFactor }: InvitationProof,
    { address }: Device,
  ): Promise<string | null> {
    const requirement = passwordRequirement(invitation);
    if (requirement === 'none') {
      if (password !== null) throw invalidInputError('password', 'must be omitted: you sign in through a provider');
      return null;
    }
    if (password === null)
      throw invalidInputError(
        'password',
        requirement === 'new' ? 'is required: choose one' : 'is required: send the current password of your account',
      );
    if (requirement === 'new') {
      assertValidPassword(password, { email: invitation.email, workspaces: [invitation.workspace_name] });
      return hashPassword(password);
    }
    const key = await this.throttle.resolveJoiningKey(invitation.user_id, address);
    await this.throttle.guard(key, address, async () => {
      if (!(await verifyPassword(invitation.password_hash, password)))
        throw new WrongPasswordError('password', 'is not the current password of your account');
      await this.secondFactors.verify(invitation.user_id, secondFactor);
    });
    return null;
  }
}
