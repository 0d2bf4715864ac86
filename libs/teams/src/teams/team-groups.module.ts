import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReferencedObjectsModule } from '../referenced-objects/referenced-objects.module.js';
import { UsersModule } from '../users/users.module.js';
import { GroupMembersRepository } from './group-members.repository.js';
import { GroupMembershipService } from './group-membership.service.js';
import { TeamMemberEntity } from './team-member.entity.js';
import { TeamRenderer } from './team-renderer.service.js';
import { TeamEntity } from './team.entity.js';
import { TeamsController } from './teams.controller.js';
import { TeamsRepository } from './teams.repository.js';
import { TeamsService } from './teams.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([TeamMemberEntity, TeamEntity]), ReferencedObjectsModule, UsersModule],
  controllers: [TeamsController],
  providers: [GroupMembersRepository, GroupMembershipService, TeamRenderer, TeamsRepository, TeamsService],
  exports: [GroupMembershipService, TeamsService],
})
export class TeamGroupsModule {}
