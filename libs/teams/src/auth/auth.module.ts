import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { JWT_SECRET } from '@parley/kernel/auth';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { SecondFactorModule } from '../second-factor/second-factor.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignInAttemptsModule } from '../sign-in-attempts/sign-in-attempts.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { LoginService } from './login.service.js';
import { SignInAuditLogService } from './sign-in-audit-log.service.js';
import { SignInTokensService } from './sign-in-tokens.service.js';
import { TokenRefreshService } from './token-refresh.service.js';

@Module({
  imports: [
    JwtModule.registerAsync({
      inject: [JWT_SECRET],
      useFactory: (secret: string) => ({ secret, signOptions: { algorithm: 'HS256' as const, issuer: 'parley' } }),
    }),
    AccountsModule,
    PresenceModule,
    SecondFactorModule,
    SessionsModule,
    SignInAttemptsModule,
    UsersModule,
    WorkspacesModule,
  ],
  controllers: [AuthController],
  providers: [AuthService, LoginService, SignInAuditLogService, SignInTokensService, TokenRefreshService],
  exports: [SignInTokensService],
})
export class AuthModule {}
