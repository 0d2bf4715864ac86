import type { Principal } from '../context/request-context.js';

/** Store of credentials. Implemented by the domain that owns users and keys. */
export abstract class Credentials {
  /**
   * Finds the principal of an API key; null if the key is unknown, revoked or expired. `hash` is the SHA-256 of the key
   * in hex.
   */
  abstract findByKeyHash(hash: string): Promise<Principal | null>;
  /** Finds the principal of a session; null if the session is unknown, revoked or expired. */
  abstract findBySession(sessionId: string): Promise<Principal | null>;
  /** Records the use of a credential. Must not block. */
  abstract recordUse(principal: Principal, address: string): void;
}
