/** Session of a signed-in user. */
export interface SessionView {
  readonly id: string;
  /** IP address of the last use. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
}
