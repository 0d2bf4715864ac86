import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountEmailsModule } from '../account-emails/account-emails.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignInAttemptsModule } from '../sign-in-attempts/sign-in-attempts.module.js';
import { UsersModule } from '../users/users.module.js';
import { MailPasswordResetJob } from './mail-password-reset.job.js';
import { PasswordLinksController } from './password-links.controller.js';
import { PasswordResetConfirmationService } from './password-reset-confirmation.service.js';
import { PasswordResetLinksService } from './password-reset-links.service.js';
import { PasswordResetEntity } from './password-reset.entity.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { PasswordResetsService } from './password-resets.service.js';
import { PasswordsController } from './passwords.controller.js';
import { PasswordsService } from './passwords.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([PasswordResetEntity]),
    AccountEmailsModule,
    AccountsModule,
    SessionsModule,
    SignInAttemptsModule,
    UsersModule,
  ],
  controllers: [PasswordLinksController, PasswordsController],
  providers: [
    MailPasswordResetJob,
    PasswordResetConfirmationService,
    PasswordResetLinksService,
    PasswordResetsRepository,
    PasswordResetsService,
    PasswordsService,
  ],
  exports: [PasswordsService, PasswordResetsRepository],
})
export class PasswordsModule {}
