import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LoginThrottle } from './login-throttle.service.js';
import { SignInAttemptsEntity } from './sign-in-attempts.entity.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([SignInAttemptsEntity])],
  providers: [LoginThrottle, SignInAttemptsRepository],
  exports: [LoginThrottle, SignInAttemptsRepository],
})
export class SignInAttemptsModule {}
