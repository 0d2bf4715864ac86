import type { Actor } from '@parley/kernel';
import type { TimeRange } from '@parley/kernel/pagination';

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
export interface BlockVisitorInput {
  readonly contactId?: string;
  readonly email?: string;
  readonly phone?: string;
  /** An IP address, or a network in CIDR notation. */
  readonly address?: string;
}

/** Which blocks to list. */
export interface BlocksFilter extends TimeRange {
  /** Any of these. */
  readonly contactIds?: readonly string[];
  readonly email?: string;
  /** In the form E.164. */
  readonly phone?: string;
  /** An address or network, in CIDR notation, that the blocked network holds. */
  readonly network?: string;
  /** In what is blocked, the name of the contact, or the reason. */
  readonly q?: string;
}
