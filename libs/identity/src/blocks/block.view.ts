import type { Actor } from '@parley/kernel';
import type { TimeRange } from '@parley/kernel/pagination';

/** A block. Exactly one of contact, e-mail, phone number and network is set. */
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

/** Target of a block. Exactly one member is set. */
export interface BlockVisitorInput {
  readonly contactId?: string;
  readonly email?: string;
  readonly phone?: string;
  /** IP address or network in CIDR notation. */
  readonly address?: string;
}

export interface BlocksFilter extends TimeRange {
  /** At least one of these contacts. */
  readonly contactIds?: readonly string[];
  readonly email?: string;
  /** In E.164 format. */
  readonly phone?: string;
  /** IP address or network in CIDR notation that the blocked network contains. */
  readonly network?: string;
  /** Text in the target, the contact's name or the reason. */
  readonly q?: string;
}
