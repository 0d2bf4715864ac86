import { DomainError, type Principal } from '@parley/kernel';

const RANKS: Readonly<Record<string, number>> = { owner: 3, admin: 2 };

/** Rank of a role: owner, then admin, then all other roles. */
export function rankOf(role: string): number {
  return RANKS[role] ?? 1;
}

/** True if a role ranks below owner and admin. */
export function isBelowAdmin(role: string): boolean {
  return rankOf(role) < RANKS.admin!;
}

/**
 * Asserts that the caller can manage a user with this role: the caller is an owner or admin, uses a user credential
 * with all scopes, and does not rank below the user.
 * @throws DomainError FORBIDDEN
 */
export function assertCanManage(principal: Principal, role: string): void {
  const rank = principal.userId === null || !principal.scopes.has('*') ? 0 : rankOf(principal.role);
  if (rank < RANKS.admin!)
    throw new DomainError('FORBIDDEN', 'Requires an owner or admin, with a user credential that has all scopes');
  if (rank < rankOf(role))
    throw new DomainError('FORBIDDEN', `You cannot manage a user with the role "${role}": it ranks above yours`, {
      role,
    });
}
