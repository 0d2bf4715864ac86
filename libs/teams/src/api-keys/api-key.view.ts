/** An API key, without the key. */
export interface ApiKeyView {
  readonly id: string;
  /** Whose key it is; null for a service key. */
  readonly userId: string | null;
  readonly kind: 'personal' | 'service';
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
  readonly revokedAt: string | null;
  /** Until when the key before the last rotation works; null when there is none, and past when it does no more. */
  readonly previousUntil: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
