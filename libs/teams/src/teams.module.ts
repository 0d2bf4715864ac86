import { Module } from '@nestjs/common';
import { AccountEmailsModule } from './account-emails/account-emails.module.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BootstrapModule } from './bootstrap/bootstrap.module.js';
import { CredentialsModule } from './credentials/credentials.module.js';
import { EmailsModule } from './emails/emails.module.js';
import { InboxesModule } from './inboxes/inboxes.module.js';
import { InvitationRecordsModule } from './invitations/invitation-records.module.js';
import { InvitationsModule } from './invitations/invitations.module.js';
import { MeModule } from './me/me.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OidcModule } from './oidc/oidc.module.js';
import { OrganizationsModule } from './organizations/organizations.module.js';
import { PagesModule } from './pages/pages.module.js';
import { PasswordsModule } from './passwords/passwords.module.js';
import { PresenceModule } from './presence/presence.module.js';
import { ReferencedObjectsModule } from './referenced-objects/referenced-objects.module.js';
import { RolesModule } from './roles/roles.module.js';
import { SealingKeyModule } from './sealing/sealing-key.module.js';
import { SandboxesModule } from './sandboxes/sandboxes.module.js';
import { SecondFactorModule } from './second-factor/second-factor.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { SignInAttemptsModule } from './sign-in-attempts/sign-in-attempts.module.js';
import { SignInRetentionModule } from './sign-in-retention/sign-in-retention.module.js';
import { TeamReferencesModule } from './references/team-references.module.js';
import { TeamGroupsModule } from './teams/team-groups.module.js';
import { UsersModule } from './users/users.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** Workspaces, their members, and authentication. */
@Module({
  imports: [
    AccountEmailsModule,
    AccountsModule,
    ApiKeysModule,
    AuthModule,
    BootstrapModule,
    CredentialsModule,
    EmailsModule,
    InboxesModule,
    InvitationRecordsModule,
    InvitationsModule,
    MeModule,
    NotificationsModule,
    OidcModule,
    OrganizationsModule,
    PagesModule,
    PasswordsModule,
    PresenceModule,
    ReferencedObjectsModule,
    RolesModule,
    SealingKeyModule,
    SandboxesModule,
    SecondFactorModule,
    SessionsModule,
    SignInAttemptsModule,
    SignInRetentionModule,
    TeamGroupsModule,
    TeamReferencesModule,
    UsersModule,
    WorkspacesModule,
  ],
  exports: [
    ApiKeysModule,
    BootstrapModule,
    InboxesModule,
    NotificationsModule,
    ReferencedObjectsModule,
    TeamGroupsModule,
    UsersModule,
    WorkspacesModule,
  ],
})
export class TeamsModule {}
