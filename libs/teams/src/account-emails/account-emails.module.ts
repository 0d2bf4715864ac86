import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { InvitationRecordsModule } from '../invitations/invitation-records.module.js';
import { AccountEmailsService } from './account-emails.service.js';

@Module({
  imports: [AccountsModule, InvitationRecordsModule],
  providers: [AccountEmailsService],
  exports: [AccountEmailsService],
})
export class AccountEmailsModule {}
