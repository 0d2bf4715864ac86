import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { SealingKeyModule } from '../sealing/sealing-key.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignInAttemptsModule } from '../sign-in-attempts/sign-in-attempts.module.js';
import { UsersModule } from '../users/users.module.js';
import { MemberSecondFactorsController } from './member-second-factors.controller.js';
import { MemberSecondFactorsService } from './member-second-factors.service.js';
import { SecondFactorVerifier } from './second-factor-verifier.service.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { SecondFactorService } from './second-factor.service.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([SecondFactorEntity]),
    AccountsModule,
    PasswordsModule,
    SealingKeyModule,
    SessionsModule,
    SignInAttemptsModule,
    UsersModule,
  ],
  controllers: [MemberSecondFactorsController, SecondFactorController],
  providers: [MemberSecondFactorsService, SecondFactorVerifier, SecondFactorService, SecondFactorsRepository],
  exports: [SecondFactorService, SecondFactorVerifier],
})
export class SecondFactorModule {}
