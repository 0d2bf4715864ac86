import { currentContext, DomainError } from '@parley/kernel';
import { hasScope } from '@parley/kernel/auth';

/** What only one contact can have. */
export const UNIQUE_FIELDS = ['email', 'identifier', 'phone'] as const;
export type UniqueField = (typeof UNIQUE_FIELDS)[number];

/** Where a reference stands in the request, such as `contact.`, and whose it is. */
export interface ConflictOptions {
  readonly path?: string;
  readonly ownerId?: string;
}

/** The refusal of what another contact has; says who that is to those who may read contacts. */
export function contactConflictError(field: string, { path = '', ownerId }: ConflictOptions = {}): DomainError {
  return new DomainError('CONFLICT', `Another contact has this ${field} already`, {
    field: `${path}${field}`,
    ...(ownerId !== undefined && canReadContacts() && { id: ownerId }),
  });
}

/** Whether somebody asks who may read contacts. */
export function canReadContacts(): boolean {
  const principal = currentContext()?.principal;
  return principal != null && hasScope(principal.scopes, 'contacts:read');
}

/** Which field the refusal says is taken; null when it is another refusal, or says already who has it. */
export function conflictFieldOf(error: unknown): UniqueField | null {
  if (!(error instanceof DomainError) || error.code !== 'CONFLICT' || 'id' in error.details) return null;
  return UNIQUE_FIELDS.find((field) => field === error.details.field) ?? null;
}
