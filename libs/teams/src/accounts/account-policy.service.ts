import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@parley/kernel';
import { AccountsRepository } from './accounts.repository.js';

/**
 * Access rules for accounts. An account that holds its address is the same in all workspaces of its user, so a
 * credential that only one workspace vouches for cannot change it.
 */
@Injectable()
export class AccountPolicy {
  constructor(private readonly accounts: AccountsRepository) {}

  /**
   * Asserts that the caller's credential was obtained with their own password, or that their account belongs to the
   * workspace.
   * @throws DomainError FORBIDDEN
   */
  async assertCanChange({ userId, credentialId }: Principal): Promise<void> {
    if (userId === null || (await this.accounts.isProven(userId, credentialId))) return;
    throw new DomainError(
      'FORBIDDEN',
      'Your account is valid in other workspaces too, and you did not sign in with its password: sign in with your ' +
        'password to change it',
    );
  }
}
