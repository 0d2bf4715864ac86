import { currentContext, FieldConflictError, fieldConflictError } from '@parley/kernel';
import { hasScope } from '@parley/kernel/auth';

/** Fields whose value belongs to at most one contact of a workspace. */
export const UNIQUE_FIELDS = ['email', 'identifier'] as const;
export type UniqueField = (typeof UNIQUE_FIELDS)[number];

/** A conflict with another contact. Contains the ID of that contact, `ownerId`, if the caller can read contacts. */
export function contactConflictError(field: UniqueField, ownerId?: string): FieldConflictError {
  return fieldConflictError(
    field,
    `Another contact already has this ${field}`,
    ownerId !== undefined && canReadContacts() ? { id: ownerId } : {},
  );
}

/** True if the caller can read contacts. */
export function canReadContacts(): boolean {
  const principal = currentContext()?.principal;
  return principal != null && hasScope(principal.scopes, 'contacts:read');
}

/** Field that caused a conflict; null for other errors and for conflicts that already contain the owner's ID. */
export function conflictFieldOf(error: unknown): UniqueField | null {
  if (!(error instanceof FieldConflictError) || 'id' in error.facts) return null;
  return UNIQUE_FIELDS.find((field) => field === error.path[0]) ?? null;
}
