import type { Actor } from '@parley/kernel';

/** Somebody who is kept from writing in. Exactly one of contact, e-mail, telephone number and network says who. */
export interface BlockView {
  readonly id: string;
  readonly contactId: string | null;
  readonly contactName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** In CIDR notation. */
  readonly network: string | null;
  readonly reason: string | null;
  readonly createdBy: Actor;
  readonly expiresAt: string | null;
  readonly createdAt: string;
}

/** Whom to block: exactly one of these. */
export interface BlockTarget {
  readonly contactId?: string;
  readonly email?: string;
  readonly phone?: string;
  /** An IP address, or a network in CIDR notation. */
  readonly address?: string;
}
