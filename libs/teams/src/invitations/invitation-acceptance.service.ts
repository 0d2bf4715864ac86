import { Injectable } from '@nestjs/common';
import { badRequest, Clock, DomainError, UnitOfWork } from '@parley/kernel';
import { hashSecretToken } from '../auth/secret-token.js';
import type { Device } from '../auth/sign-in-ledger.service.js';
import { SignInTokens, type Entrance, type SignInView } from '../auth/sign-in-tokens.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { InvitationProof, passwordNeeded, type ShownProof } from './invitation-proof.service.js';
import type { ShownInvitation } from './invitation.view.js';
import { InvitationsRepository, type HeldInvitation } from './invitations.repository.js';
import { InvitedPlaces } from './invited-places.service.js';

/** What somebody shows who joins. */
export interface Acceptance extends ShownProof {
  readonly token: string;
  /** What a new person wants to be called. */
  readonly name: string | null;
}

/** Joining a workspace by an invitation. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly rows: InvitationsRepository,
    private readonly proof: InvitationProof,
    private readonly places: InvitedPlaces,
    private readonly users: UsersRepository,
    private readonly tokens: SignInTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What a token invites to. @throws DomainError UNAUTHORIZED for one that is no good. */
  async show(token: string): Promise<ShownInvitation> {
    const held = await this.held(token);
    return {
      workspaceName: held.workspace_name,
      email: held.email,
      name: held.name,
      password: passwordNeeded(held),
      expiresAt: held.expires_at,
    };
  }

  /**
   * Joins, and signs in. A person without any way to sign in chooses a password; who has one shows it, for an account may have been made by somebody who does not own
   * the e-mail.
   * @throws DomainError UNAUTHORIZED for a token that is no good, BAD_REQUEST naming the password, FORBIDDEN where the workspace takes no passwords, TOO_MANY_REQUESTS
   * after too many wrong tries.
   */
  async accept({ token, name, ...shown }: Acceptance, device: Device): Promise<SignInView> {
    const held = await this.held(token);
    if (!held.by_password)
      throw new DomainError(
        'FORBIDDEN',
        'This workspace takes no passwords: sign in through its provider, and you have joined',
        { workspace_id: held.workspace_id },
      );
    if (passwordNeeded(held) !== 'new' && name !== null)
      throw badRequest({ name: ['name is for new people: change yours by PATCH /v1/me'] });
    const passwordHash = await this.proof.take(held, shown, device);
    return this.unitOfWork.run(async () => {
      if (!(await this.rows.lockByToken(hashSecretToken(token), this.clock.now()))) throw refused();
      if (passwordHash !== null && !(await this.users.setFirstPassword(held.user_id, passwordHash, name)))
        throw refused();
      await this.places.join(held.workspace_id, held.user_id);
      return this.tokens.begin(held.user_id, await this.entrance(held), device);
    });
  }

  /** Whoever has shown nothing but a link is told of no workspace but that of the link. */
  private async entrance(held: HeldInvitation): Promise<Entrance> {
    const { workspace_id: workspaceId, workspace_name: name, email } = held;
    if (passwordNeeded(held) === 'none')
      return { workspaceId, workspaces: [{ id: workspaceId, name }], byPassword: false };
    const { workspaces } = (await this.users.findForSignIn(email))!;
    return { workspaceId, workspaces, byPassword: true };
  }

  private async held(token: string): Promise<HeldInvitation> {
    const held = await this.rows.findByToken(hashSecretToken(token), this.clock.now());
    if (!held) throw refused();
    return held;
  }
}

function refused(): DomainError {
  return new DomainError(
    'UNAUTHORIZED',
    'The invitation is not valid, has expired or was used before: ask for a new one',
  );
}
