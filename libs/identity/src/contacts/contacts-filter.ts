import type { TimeRange } from '@parley/kernel/pagination';
import type { ContactKind } from './contact.view.js';

/** Which contacts to list; every condition given must hold. */
export interface ContactsFilter extends TimeRange {
  readonly q?: string;
  readonly email?: string;
  /** In the form E.164. */
  readonly phone?: string;
  readonly identifier?: string;
  readonly status?: readonly string[];
  /** Any of these. */
  readonly tags?: readonly string[];
  readonly blocked?: boolean;
  readonly kind?: ContactKind;
  /** Name of their company, regardless of case. */
  readonly company?: string;
  /** Any of these; null is who belongs to none. */
  readonly companyIds?: readonly (string | null)[];
  /** Any of these. */
  readonly segmentIds?: readonly string[];
  /** Who was deleted and can be brought back, in place of who is there. */
  readonly deleted?: boolean;
  readonly lastSeenAfter?: string;
  readonly lastSeenBefore?: string;
}

/** The same with what the words have come to. */
export interface ContactConditions extends Omit<ContactsFilter, 'q' | 'segmentIds'> {
  /** Any of these stands in the words that contacts are found by. */
  readonly texts?: readonly string[];
  readonly ids?: readonly string[];
}

/** What contacts can be ordered by. */
export const CONTACT_ORDERS = ['created_at', 'updated_at', 'last_seen_at', 'name'] as const;
export type ContactOrder = (typeof CONTACT_ORDERS)[number];
