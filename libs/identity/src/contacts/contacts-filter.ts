/** Which contacts to list. */
export interface ContactsFilter {
  readonly q?: string;
  readonly email?: string;
  readonly identifier?: string;
  readonly status?: readonly string[];
  readonly tags?: readonly string[];
  readonly blocked?: boolean;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** What contacts can be ordered by. */
export const CONTACT_ORDERS = ['created_at', 'updated_at'] as const;
