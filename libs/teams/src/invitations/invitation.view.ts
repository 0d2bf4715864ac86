import type { UserView } from '../users/user.view.js';

/** Invitation that has just been issued. */
export interface IssuedInvitation {
  /** ISO 8601. */
  readonly expiresAt: string;
  /** True if the link is mailed. */
  readonly mailed: boolean;
  /** Link to pass on to the user; null if it is mailed. */
  readonly link: { readonly token: string; readonly url: string } | null;
}

/** Invited member with the invitation. */
export interface InvitedUser {
  readonly user: UserView;
  readonly invitation: IssuedInvitation;
}

/** Invitation as shown to the holder of its token. */
export interface InvitationPreview {
  readonly workspaceName: string;
  /** BCP 47 language tag of the workspace. */
  readonly locale: string;
  /** Name of the inviting user; null for a service key and for a user who no longer exists. */
  readonly inviterName: string | null;
  readonly email: string;
  /** Name of the user in the invitation. */
  readonly name: string;
  /** Password that joining requires: a new one, the current one, or none. */
  readonly password: 'new' | 'existing' | 'none';
  /** ISO 8601. */
  readonly expiresAt: string;
}
