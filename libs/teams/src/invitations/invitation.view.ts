import type { UserView } from '../users/user.view.js';

/** An invitation as it has just been issued. */
export interface IssuedInvitation {
  /** ISO 8601. */
  readonly expiresAt: string;
  /** Whether it is on its way by mail. */
  readonly mailed: boolean;
  /** What to hand to the person; null when it is mailed. */
  readonly link: { readonly token: string; readonly url: string } | null;
}

/** A member who is invited, and the invitation. */
export interface InvitedUser {
  readonly user: UserView;
  readonly invitation: IssuedInvitation;
}

/** What an invitation says to who holds its token. */
export interface InvitationPreview {
  readonly workspaceName: string;
  readonly email: string;
  /** What the workspace calls them. */
  readonly name: string;
  /** What joining takes: a password to choose, the one that the person has, or none. */
  readonly password: 'new' | 'known' | 'none';
  /** ISO 8601. */
  readonly expiresAt: string;
}
