/** Somebody signed in somewhere. */
export interface SessionView {
  readonly id: string;
  /** Where it was used from last. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
}
