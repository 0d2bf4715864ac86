import { Injectable } from '@nestjs/common';
import { badRequestError } from '@parley/kernel';
import { hashPassword, verifyPassword } from '../auth/passwords.js';
import { LoginThrottle } from '../auth/login-throttle.service.js';
import type { Device } from '../auth/sign-in-audit-log.service.js';
import { WrongCredentialError } from '../auth/wrong-credential-error.js';
import { assertValidPassword } from '../passwords/password-policy.js';
import { SecondFactorVerifier, type SecondFactorProof } from '../second-factor/second-factor-verifier.service.js';
import type { InvitationPreview } from './invitation.view.js';
import type { PendingInvitationRow } from './invitations.repository.js';

/** What somebody shows beside the token of an invitation. */
export interface InvitationProof {
  readonly password: string | null;
  readonly secondFactor: SecondFactorProof;
}

/** What joining takes. Who signs in elsewhere through a provider has no password, and must not be given one by whoever holds the link. */
export function passwordRequirement({
  password_hash: passwordHash,
  elsewhere,
}: Pick<PendingInvitationRow, 'password_hash' | 'elsewhere'>): InvitationPreview['password'] {
  if (passwordHash !== null) return 'known';
  return elsewhere ? 'none' : 'new';
}

/** Holds that whoever joins is who was invited. */
@Injectable()
export class InvitationAuthenticator {
  constructor(
    private readonly throttle: LoginThrottle,
    private readonly secondFactors: SecondFactorVerifier,
  ) {}

  /** Gives the hash of the password that a new person has chosen, else null. @throws DomainError BAD_REQUEST, UNAUTHORIZED for the second factor, TOO_MANY_REQUESTS */
  async verify(
    invitation: PendingInvitationRow,
    { password, secondFactor }: InvitationProof,
    { address }: Device,
  ): Promise<string | null> {
    const requirement = passwordRequirement(invitation);
    if (requirement === 'none') {
      if (password !== null)
        throw badRequestError({ password: ['password must be left out: you sign in through a provider'] });
      return null;
    }
    if (password === null)
      throw badRequestError({
        password: [
          requirement === 'new'
            ? 'password is needed: choose one'
            : 'password is needed: the one that you sign in with',
        ],
      });
    if (requirement === 'new') {
      assertValidPassword(password, { email: invitation.email, workspaces: [invitation.workspace_name] });
      return hashPassword(password);
    }
    await this.throttle.guard(invitation.email, address, async () => {
      if (!(await verifyPassword(invitation.password_hash, password)))
        throw new WrongCredentialError('BAD_REQUEST', 'The request is not valid', {
          password: ['password is not the one that you sign in with'],
        });
      await this.secondFactors.verify(invitation.user_id, secondFactor);
    });
    return null;
  }
}
