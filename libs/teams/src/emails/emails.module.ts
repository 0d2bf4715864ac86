import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountEmailsModule } from '../account-emails/account-emails.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { UsersModule } from '../users/users.module.js';
import { EmailChangeConfirmationService } from './email-change-confirmation.service.js';
import { EmailChangeLinksService } from './email-change-links.service.js';
import { EmailChangeTokensService } from './email-change-tokens.service.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { EmailChangesRepository } from './email-changes.repository.js';
import { EmailChangesService } from './email-changes.service.js';
import { EmailLinksController } from './email-links.controller.js';
import { EmailsController } from './emails.controller.js';
import { MailEmailChangeJob } from './mail-email-change.job.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([EmailChangeEntity]),
    AccountEmailsModule,
    AccountsModule,
    PasswordsModule,
    UsersModule,
  ],
  controllers: [EmailLinksController, EmailsController],
  providers: [
    EmailChangeConfirmationService,
    EmailChangeLinksService,
    EmailChangeTokensService,
    EmailChangesRepository,
    EmailChangesService,
    MailEmailChangeJob,
  ],
  exports: [EmailChangesRepository],
})
export class EmailsModule {}
