import { Module } from '@nestjs/common';
import { AccountPolicy } from './account-policy.service.js';
import { AccountsRepository } from './accounts.repository.js';

@Module({
  providers: [AccountPolicy, AccountsRepository],
  exports: [AccountPolicy, AccountsRepository],
})
export class AccountsModule {}
