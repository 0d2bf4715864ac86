import { DomainError, type Principal } from '@parley/kernel';

const RANKS: Readonly<Record<string, number>> = { owner: 3, admin: 2 };

/** Owners stand above admins, and admins above everybody else. */
export function rankOf(role: string): number {
  return RANKS[role] ?? 1;
}

/** Whether a role stands below owners and admins. */
export function isBelowAdmin(role: string): boolean {
  return rankOf(role) < RANKS.admin!;
}

/**
 * Holds that the caller may decide about somebody of this role: an owner or admin in person, with nothing held back from their
 * credential, who does not stand below them.
 * @throws DomainError FORBIDDEN
 */
export function assertCanManage(principal: Principal, role: string): void {
  const rank = principal.userId === null || !principal.scopes.has('*') ? 0 : rankOf(principal.role);
  if (rank < RANKS.admin!)
    throw new DomainError(
      'FORBIDDEN',
      'Only owners and admins themselves may do this, with a credential that has all scopes',
    );
  if (rank < rankOf(role))
    throw new DomainError('FORBIDDEN', `You may not decide about somebody who is ${role}`, { role });
}
