/** An e-mail that somebody has asked to sign in with. */
export interface EmailChangeView {
  readonly email: string;
  /** Whether a link is on its way to it. */
  readonly mailed: boolean;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** A link that confirms an e-mail; it is shown once. */
export interface EmailChangeLink {
  readonly email: string;
  readonly token: string;
  readonly url: string;
  readonly expiresAt: string;
}
