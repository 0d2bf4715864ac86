import type { Principal } from '../context/request-context.js';

/**
 * Where credentials are kept. The domain that owns users and keys implements it; the kernel only asks.
 */
export abstract class Credentials {
  /** Who an API key belongs to; null when it is unknown, revoked or expired. `hash` is the SHA-256 of the key in hex. */
  abstract findByKeyHash(hash: string): Promise<Principal | null>;
  /** Who a session belongs to; null when it is unknown, revoked or expired. */
  abstract findBySession(sessionId: string): Promise<Principal | null>;
  /** Notes that a credential was used. Must not wait for anything. */
  abstract recordUse(principal: Principal, address: string): void;
}
