/** E-mail change that a user requested. */
export interface EmailChangeView {
  readonly email: string;
  /** True if a confirmation link is mailed to the address. */
  readonly mailed: boolean;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** E-mail change as shown to the holder of its token. */
export interface EmailChangePreview {
  readonly email: string;
  readonly previousEmail: string;
  /** Workspaces that the user signs in to. */
  readonly workspaceNames: readonly string[];
  /** BCP 47 language tag of the first workspace. */
  readonly locale: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** Link that confirms an e-mail change; shown once. */
export interface EmailChangeLink {
  readonly email: string;
  readonly token: string;
  readonly url: string;
  readonly expiresAt: string;
}
