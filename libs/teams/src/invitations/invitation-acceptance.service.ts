import { Injectable } from '@nestjs/common';
import { Clock, DomainError, invalidInputError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { hashSecretToken } from '../auth/secret-token.js';
import type { Device } from '../auth/sign-in-audit-log.service.js';
import { SignInTokensService, type SignInView } from '../auth/sign-in-tokens.service.js';
import {
  InvitationAuthenticator,
  passwordRequirement,
  type InvitationProof,
} from './invitation-authenticator.service.js';
import type { InvitationPreview } from './invitation.view.js';
import { InvitationsRepository, type PendingInvitationRow } from './invitations.repository.js';
import { InvitationMembershipsService } from './invitation-memberships.service.js';
import { JoiningAccountsService } from './joining-accounts.service.js';

/** Data for accepting an invitation. */
export interface AcceptInvitationInput extends InvitationProof {
  readonly token: string;
  /** Name of a new user. */
  readonly name: string | null;
}

/** Acceptance of invitations. */
@Injectable()
export class InvitationAcceptanceService {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly authenticator: InvitationAuthenticator,
    private readonly memberships: InvitationMembershipsService,
    private readonly accounts: JoiningAccountsService,
    private readonly tokens: SignInTokensService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the invitation of a token.
   * @throws DomainError UNAUTHORIZED for an invalid token.
   */
  async preview(token: string): Promise<InvitationPreview> {
    const invitation = await this.getByToken(token);
    return {
      workspaceName: invitation.workspace_name,
      locale: invitation.locale,
      inviterName: invitation.inviter_name,
      email: invitation.email,
      name: invitation.name,
      password: passwordRequirement(invitation),
      expiresAt: invitation.expires_at,
    };
  }

  /**
   * Activates the membership and signs in. A new user chooses a password. Their account belongs to the workspace, unless
   * the link was mailed to them, which proves the address. A user whose account holds the address must send its
   * password, because the link may have been handed to someone else.
   * @throws DomainError UNAUTHORIZED for an invalid token; BAD_REQUEST for a missing, wrong or invalid password;
   * FORBIDDEN if the workspace does not allow passwords; TOO_MANY_REQUESTS after too many failed attempts.
   */
  async accept({ token, name, ...proof }: AcceptInvitationInput, device: Device): Promise<SignInView> {
    const invitation = await this.getByToken(token);
    if (!invitation.by_password)
      throw new DomainError(
        'FORBIDDEN',
        'This workspace does not allow passwords: sign in through its provider to join',
        { workspaceId: invitation.workspace_id },
      );
    if (passwordRequirement(invitation) !== 'new' && name !== null)
      throw invalidInputError('name', 'is only for new users: change yours with PATCH /v1/me');
    const passwordHash = await this.authenticator.verify(invitation, proof, device);
    return this.unitOfWork.run(async () => {
      if (!(await this.invitations.lockByToken(hashSecretToken(token), this.clock.now())))
        throw invalidInvitationError();
      const userId = await this.accounts.resolveUser(invitation);
      if (passwordHash !== null && !(await this.accounts.setPassword(userId, passwordHash, name, invitation)))
        throw invalidInvitationError();
      await this.memberships.activate(invitation.workspace_id, userId);
      return this.tokens.startSession(userId, await this.accounts.resolveSignInTarget(userId, invitation), device);
    });
  }

  private async getByToken(token: string): Promise<PendingInvitationRow> {
    const invitation = await this.invitations.findByToken(hashSecretToken(token), this.clock.now());
    if (!invitation) throw invalidInvitationError();
    return invitation;
  }
}

function invalidInvitationError(): DomainError {
  return new DomainError('UNAUTHORIZED', 'The invitation is invalid, expired or already used: request a new one');
}
