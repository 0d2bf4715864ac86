import type { TimeRange } from '@parley/kernel/pagination';
import type { ContactKind } from './contact.view.js';

/** Conditions of a contact list. All of them must hold. */
export interface ContactsFilter extends TimeRange {
  readonly q?: string;
  readonly email?: string;
  /** In E.164 format. */
  readonly phone?: string;
  readonly identifier?: string;
  readonly status?: readonly string[];
  /** At least one of these tags. */
  readonly tags?: readonly string[];
  readonly blocked?: boolean;
  readonly kind?: ContactKind;
  /** Company name, compared case-insensitively. */
  readonly company?: string;
  /** At least one of these companies; null stands for no company. */
  readonly companyIds?: readonly (string | null)[];
  /** At least one of these segments. */
  readonly segmentIds?: readonly string[];
  /** If true, lists deleted contacts that can be restored instead of live contacts. */
  readonly deleted?: boolean;
  readonly lastSeenAfter?: string;
  readonly lastSeenBefore?: string;
}

/** Conditions after the search text and the segments are resolved. */
export interface ContactConditions extends Omit<ContactsFilter, 'q' | 'segmentIds'> {
  /** At least one of these strings is in the contact's search text. */
  readonly texts?: readonly string[];
  readonly ids?: readonly string[];
}

export const CONTACT_ORDERS = ['created_at', 'updated_at', 'last_seen_at', 'name'] as const;
export type ContactOrder = (typeof CONTACT_ORDERS)[number];
