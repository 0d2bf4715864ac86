/** API key without its secret. */
export interface ApiKeyView {
  readonly id: string;
  /** Owner of the key; null for a service key. */
  readonly userId: string | null;
  readonly kind: 'personal' | 'service';
  /** Test keys work in the sandbox of the workspace. */
  readonly mode: 'live' | 'test';
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
  readonly revokedAt: string | null;
  /** Expiry of the secret before the last rotation; null if there is none. Can be in the past. */
  readonly previousUntil: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
