import { Module } from '@nestjs/common';
import { AccountPolicy } from './account-policy.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { MembershipsRepository } from './memberships.repository.js';

/** Accounts and their memberships of workspaces. */
@Module({
  providers: [AccountPolicy, AccountsRepository, MembershipsRepository],
  exports: [AccountPolicy, AccountsRepository, MembershipsRepository],
})
export class AccountsModule {}
