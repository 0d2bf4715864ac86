import { allows, currentContext, DomainError } from '@parley/kernel';

/** What only one contact can have. */
export const TAKABLE = ['email', 'identifier', 'phone'] as const;
export type Takable = (typeof TAKABLE)[number];

/** Where a reference stands in the request, such as `contact.`, and whose it is. */
export interface TakenBy {
  readonly at?: string;
  readonly ownerId?: string;
}

/** The refusal of what another contact has; says who that is to those who may read contacts. */
export function takenError(field: string, { at = '', ownerId }: TakenBy = {}): DomainError {
  return new DomainError('CONFLICT', `Another contact has this ${field} already`, {
    field: `${at}${field}`,
    ...(ownerId !== undefined && mayReadContacts() && { id: ownerId }),
  });
}

/** Whether somebody asks who may read contacts. */
export function mayReadContacts(): boolean {
  const principal = currentContext()?.principal;
  return principal != null && allows(principal.scopes, 'contacts:read');
}

/** Which field the refusal says is taken; null when it is another refusal, or says already who has it. */
export function takenField(error: unknown): Takable | null {
  if (!(error instanceof DomainError) || error.code !== 'CONFLICT' || 'id' in error.details) return null;
  return TAKABLE.find((field) => field === error.details.field) ?? null;
}
