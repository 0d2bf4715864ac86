import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KnownAddressEntity } from './known-address.entity.js';
import { KnownAddressesRepository } from './known-addresses.repository.js';
import { LoginThrottle } from './login-throttle.service.js';
import { SignInAttemptsEntity } from './sign-in-attempts.entity.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([KnownAddressEntity, SignInAttemptsEntity])],
  providers: [KnownAddressesRepository, LoginThrottle, SignInAttemptsRepository],
  exports: [KnownAddressesRepository, LoginThrottle, SignInAttemptsRepository],
})
export class SignInAttemptsModule {}
