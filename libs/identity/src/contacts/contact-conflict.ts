import { currentContext, DomainError } from '@parley/kernel';
import { hasScope } from '@parley/kernel/auth';

/** Fields whose value belongs to at most one contact of a workspace. */
export const UNIQUE_FIELDS = ['email', 'identifier', 'phone'] as const;
export type UniqueField = (typeof UNIQUE_FIELDS)[number];

/** Position of the contact in the request, for example `contact.`, and ID of the contact that owns the value. */
export interface ConflictOptions {
  readonly path?: string;
  readonly ownerId?: string;
}

/** A conflict with another contact. Contains the other contact's ID if the caller can read contacts. */
export function contactConflictError(field: string, { path = '', ownerId }: ConflictOptions = {}): DomainError {
  return new DomainError('CONFLICT', `Another contact already has this ${field}`, {
    field: `${path}${field}`,
    ...(ownerId !== undefined && canReadContacts() && { id: ownerId }),
  });
}

/** True if the caller can read contacts. */
export function canReadContacts(): boolean {
  const principal = currentContext()?.principal;
  return principal != null && hasScope(principal.scopes, 'contacts:read');
}

/** Field that caused a conflict; null for other errors and for conflicts that already contain the owner's ID. */
export function conflictFieldOf(error: unknown): UniqueField | null {
  if (!(error instanceof DomainError) || error.code !== 'CONFLICT' || 'id' in error.details) return null;
  return UNIQUE_FIELDS.find((field) => field === error.details.field) ?? null;
}
