import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/users.module.js';
import { InvitationEntity } from './invitation.entity.js';
import { InvitationMoveService } from './invitation-move.service.js';
import { InvitationsRepository } from './invitations.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([InvitationEntity]), UsersModule],
  providers: [InvitationMoveService, InvitationsRepository],
  exports: [InvitationMoveService, InvitationsRepository],
})
export class InvitationRecordsModule {}
