import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MembershipEntity } from './membership.entity.js';
import { MembershipsRepository } from './memberships.repository.js';
import { UserEntity } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** Stored users and memberships. */
@Module({
  imports: [TypeOrmModule.forFeature([MembershipEntity, UserEntity])],
  providers: [MembershipsRepository, UsersRepository],
  exports: [MembershipsRepository, UsersRepository],
})
export class UserRecordsModule {}
