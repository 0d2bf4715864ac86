/** Password reset as shown to the holder of its token. */
export interface PasswordResetPreview {
  readonly email: string;
  /** Workspaces that the password gives access to. */
  readonly workspaceNames: readonly string[];
  /** BCP 47 language tag of the first workspace. */
  readonly locale: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}
