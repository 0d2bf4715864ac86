import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { InboxesModule } from '../inboxes/inboxes.module.js';
import { ReferencedObjectsModule } from '../referenced-objects/referenced-objects.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { SecondFactorModule } from '../second-factor/second-factor.module.js';
import { SignInAttemptsModule } from '../sign-in-attempts/sign-in-attempts.module.js';
import { TeamGroupsModule } from '../teams/team-groups.module.js';
import { UsersModule } from '../users/users.module.js';
import { InvitationAcceptanceController } from './invitation-acceptance.controller.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { InvitationAuthenticator } from './invitation-authenticator.service.js';
import { InvitationRecordsModule } from './invitation-records.module.js';
import { InvitationLinksService } from './invitation-links.service.js';
import { InvitationMembershipsService } from './invitation-memberships.service.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsService } from './invitations.service.js';
import { JoiningAccountsService } from './joining-accounts.service.js';
import { MailInvitationJob } from './mail-invitation.job.js';

@Module({
  imports: [
    AccountsModule,
    AuthModule,
    InboxesModule,
    InvitationRecordsModule,
    ReferencedObjectsModule,
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
    InvitationsService,
    JoiningAccountsService,
    MailInvitationJob,
  ],
  exports: [InvitationMembershipsService, InvitationRecordsModule],
})
export class InvitationsModule {}
