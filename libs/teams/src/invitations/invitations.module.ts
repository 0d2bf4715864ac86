import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { InboxesModule } from '../inboxes/inboxes.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { SecondFactorModule } from '../second-factor/second-factor.module.js';
import { SignInAttemptsModule } from '../sign-in-attempts/sign-in-attempts.module.js';
import { TeamGroupsModule } from '../teams/team-groups.module.js';
import { UsersModule } from '../users/users.module.js';
import { InvitationAcceptanceController } from './invitation-acceptance.controller.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { InvitationAuthenticator } from './invitation-authenticator.service.js';
import { InvitationLinksService } from './invitation-links.service.js';
import { InvitationMembershipsService } from './invitation-memberships.service.js';
import { InvitationEntity } from './invitation.entity.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationsService } from './invitations.service.js';
import { MailInvitationJob } from './mail-invitation.job.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([InvitationEntity]),
    AuthModule,
    InboxesModule,
    RolesModule,
    SecondFactorModule,
    SignInAttemptsModule,
    TeamGroupsModule,
    UsersModule,
  ],
  controllers: [InvitationAcceptanceController, InvitationsController],
  providers: [
    InvitationAcceptanceService,
    InvitationAuthenticator,
    InvitationLinksService,
    InvitationMembershipsService,
    InvitationsRepository,
    InvitationsService,
    MailInvitationJob,
  ],
  exports: [InvitationMembershipsService],
})
export class InvitationsModule {}
