import { Module } from '@nestjs/common';
import { EmailsModule } from '../emails/emails.module.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignInAttemptsModule } from '../sign-in-attempts/sign-in-attempts.module.js';
import { SignInRetentionService } from './sign-in-retention.service.js';

@Module({
  imports: [EmailsModule, OidcModule, PasswordsModule, SessionsModule, SignInAttemptsModule],
  providers: [SignInRetentionService],
})
export class SignInRetentionModule {}
