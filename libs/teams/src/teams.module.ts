import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Credentials, JWT_SECRET, SecretsRepository } from '@parley/kernel';
import { ApiKeyChanges } from './api-keys/api-key-changes.service.js';
import { ApiKeyEntity } from './api-keys/api-key.entity.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { KeyAccess } from './api-keys/key-access.service.js';
import { AuthController } from './auth/auth.controller.js';
import { AuthService } from './auth/auth.service.js';
import { ForgetOldSignIns } from './auth/forget-old-sign-ins.service.js';
import { LoginService } from './auth/login.service.js';
import { MemberCredentials } from './auth/member-credentials.service.js';
import { SignInGuard } from './auth/sign-in-guard.service.js';
import { SignInLedger } from './auth/sign-in-ledger.service.js';
import { SignInTokens } from './auth/sign-in-tokens.service.js';
import { SignInTriesRepository } from './auth/sign-in-tries.repository.js';
import { StoredCredentials } from './auth/stored-credentials.service.js';
import { ConfirmEmailChange } from './emails/confirm-email-change.service.js';
import { EmailChangeLinks } from './emails/email-change-links.service.js';
import { EmailChangeTokens } from './emails/email-change-tokens.service.js';
import { EmailChangesRepository } from './emails/email-changes.repository.js';
import { EmailChangesService } from './emails/email-changes.service.js';
import { EmailLinksController } from './emails/email-links.controller.js';
import { EmailsController } from './emails/emails.controller.js';
import { MailEmailChange } from './emails/mail-email-change.job.js';
import { FirstWorkspaceService } from './bootstrap/first-workspace.service.js';
import { InboxesController } from './inboxes/inboxes.controller.js';
import { InboxesRepository } from './inboxes/inboxes.repository.js';
import { InboxesService } from './inboxes/inboxes.service.js';
import { InvitationAcceptanceController } from './invitations/invitation-acceptance.controller.js';
import { InvitationAcceptance } from './invitations/invitation-acceptance.service.js';
import { InvitationLinks } from './invitations/invitation-links.service.js';
import { InvitationProof } from './invitations/invitation-proof.service.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { InvitedPlaces } from './invitations/invited-places.service.js';
import { MailInvitation } from './invitations/mail-invitation.job.js';
import { ForgetOldNotifications } from './notifications/forget-old-notifications.service.js';
import { MailNotifications } from './notifications/mail-notifications.job.js';
import { MailWhatIsDue } from './notifications/mail-what-is-due.service.js';
import { NotificationMailsRepository } from './notifications/notification-mails.repository.js';
import { NotificationMails } from './notifications/notification-mails.service.js';
import { NotificationPreferencesController } from './notifications/notification-preferences.controller.js';
import { NotificationPreferencesRepository } from './notifications/notification-preferences.repository.js';
import { NotificationPreferencesService } from './notifications/notification-preferences.service.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { NotificationsRepository } from './notifications/notifications.repository.js';
import { NotificationsService } from './notifications/notifications.service.js';
import { OidcLoginsController } from './oidc/oidc-logins.controller.js';
import { OidcClient } from './oidc/oidc-client.service.js';
import { OidcPeople } from './oidc/oidc-people.service.js';
import { OidcProvidersController } from './oidc/oidc-providers.controller.js';
import { OidcProvidersRepository } from './oidc/oidc-providers.repository.js';
import { OidcProvidersService } from './oidc/oidc-providers.service.js';
import { OidcSignInController } from './oidc/oidc-sign-in.controller.js';
import { OidcSignInService } from './oidc/oidc-sign-in.service.js';
import { OidcSignInsRepository } from './oidc/oidc-sign-ins.repository.js';
import { OidcUrls } from './oidc/oidc-urls.service.js';
import { UserIdentitiesRepository } from './oidc/user-identities.repository.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { OrganizationsService } from './organizations/organizations.service.js';
import { PagesController } from './pages/pages.controller.js';
import { ConfirmPasswordReset } from './passwords/confirm-password-reset.service.js';
import { MailPasswordReset } from './passwords/mail-password-reset.job.js';
import { PasswordLinksController } from './passwords/password-links.controller.js';
import { PasswordResetLinks } from './passwords/password-reset-links.service.js';
import { PasswordResetsRepository } from './passwords/password-resets.repository.js';
import { PasswordResetsService } from './passwords/password-resets.service.js';
import { PasswordsController } from './passwords/passwords.controller.js';
import { PasswordsService } from './passwords/passwords.service.js';
import { NoticeWhoIsAway } from './presence/notice-who-is-away.service.js';
import { PresenceRepository } from './presence/presence.repository.js';
import { Presence } from './presence/presence.service.js';
import { RoleGiving } from './roles/role-giving.service.js';
import { RolesController } from './roles/roles.controller.js';
import { RolesRepository } from './roles/roles.repository.js';
import { RolesService } from './roles/roles.service.js';
import { SEALING_KEY } from './sealing-key.js';
import { MemberSecondFactorsController } from './second-factor/member-second-factors.controller.js';
import { MemberSecondFactors } from './second-factor/member-second-factors.service.js';
import { SecondFactorChecks } from './second-factor/second-factor-checks.service.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactorService } from './second-factor/second-factor.service.js';
import { SecondFactorsRepository } from './second-factor/second-factors.repository.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TeamEntity } from './teams/team.entity.js';
import { TeamRendering } from './teams/team-rendering.service.js';
import { TeamsController } from './teams/teams.controller.js';
import { TeamsRepository } from './teams/teams.repository.js';
import { TeamsService } from './teams/teams.service.js';
import { GroupMembersRepository } from './users/group-members.repository.js';
import { GroupMembership } from './users/group-membership.service.js';
import { MeController } from './users/me.controller.js';
import { MemberChanges } from './users/member-changes.service.js';
import { MemberRoles } from './users/member-roles.service.js';
import { MemberStatusController } from './users/member-status.controller.js';
import { MemberStatus } from './users/member-status.service.js';
import { Profiles } from './users/profiles.service.js';
import { UsersController } from './users/users.controller.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';
import { WorkspaceEntity } from './workspaces/workspace.entity.js';
import { WorkspaceSettings } from './workspaces/workspace-settings.service.js';
import { WorkspacesRepository } from './workspaces/workspaces.repository.js';
import { WorkspacesService } from './workspaces/workspaces.service.js';

const SIGNING_IN = [
  SessionsRepository,
  SessionsService,
  SignInLedger,
  SignInTokens,
  SignInTriesRepository,
  SignInGuard,
  AuthService,
  LoginService,
  ForgetOldSignIns,
];

const PASSWORDS = [
  PasswordResetsRepository,
  PasswordResetsService,
  PasswordResetLinks,
  ConfirmPasswordReset,
  PasswordsService,
  MailPasswordReset,
];

const EMAILS = [
  EmailChangesRepository,
  EmailChangesService,
  EmailChangeTokens,
  EmailChangeLinks,
  ConfirmEmailChange,
  MailEmailChange,
];

const SECOND_FACTOR = [SecondFactorsRepository, SecondFactorChecks, SecondFactorService, MemberSecondFactors];

const KEYS = [ApiKeysRepository, ApiKeysService, ApiKeyChanges, KeyAccess];

const OIDC = [
  OidcUrls,
  OidcClient,
  OidcPeople,
  OidcProvidersRepository,
  OidcProvidersService,
  OidcSignInsRepository,
  OidcSignInService,
  UserIdentitiesRepository,
];

const ROLES = [
  RolesRepository,
  RolesService,
  RoleGiving,
  MemberRoles,
  MemberChanges,
  MemberStatus,
  MemberCredentials,
  Profiles,
];

const INVITATIONS = [
  InvitationsRepository,
  InvitationsService,
  InvitationLinks,
  InvitedPlaces,
  InvitationProof,
  InvitationAcceptance,
  MailInvitation,
];

const PRESENCE = [PresenceRepository, Presence, NoticeWhoIsAway];

const PEOPLE = [
  UsersRepository,
  UsersService,
  GroupMembersRepository,
  GroupMembership,
  TeamsRepository,
  TeamsService,
  InboxesRepository,
  InboxesService,
  TeamRendering,
];

const NOTIFICATIONS = [
  NotificationsRepository,
  NotificationsService,
  NotificationPreferencesRepository,
  NotificationPreferencesService,
  ForgetOldNotifications,
  NotificationMailsRepository,
  NotificationMails,
  MailNotifications,
  MailWhatIsDue,
];

/** Workspaces, the people in them, and what they sign in with. Global, because the kernel asks it who calls. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([WorkspaceEntity, TeamEntity, ApiKeyEntity]),
    JwtModule.registerAsync({
      inject: [JWT_SECRET],
      useFactory: (secret: string) => ({ secret, signOptions: { algorithm: 'HS256' as const, issuer: 'parley' } }),
    }),
  ],
  controllers: [
    AuthController,
    PagesController,
    PasswordsController,
    EmailsController,
    EmailLinksController,
    SecondFactorController,
    SessionsController,
    ApiKeysController,
    TeamsController,
    InboxesController,
    InvitationsController,
    InvitationAcceptanceController,
    UsersController,
    MemberStatusController,
    PasswordLinksController,
    MemberSecondFactorsController,
    RolesController,
    OrganizationsController,
    OidcProvidersController,
    OidcLoginsController,
    OidcSignInController,
    MeController,
    NotificationsController,
    NotificationPreferencesController,
  ],
  providers: [
    { provide: Credentials, useClass: StoredCredentials },
    {
      provide: SEALING_KEY,
      useFactory: async (secrets: SecretsRepository) =>
        Buffer.from(await secrets.getOrMake('teams.sealing'), 'base64url'),
      inject: [SecretsRepository],
    },
    WorkspacesRepository,
    WorkspacesService,
    WorkspaceSettings,
    OrganizationsService,
    FirstWorkspaceService,
    ...SIGNING_IN,
    ...PASSWORDS,
    ...EMAILS,
    ...SECOND_FACTOR,
    ...KEYS,
    ...ROLES,
    ...OIDC,
    ...PEOPLE,
    ...PRESENCE,
    ...INVITATIONS,
    ...NOTIFICATIONS,
  ],
  exports: [
    Credentials,
    WorkspacesService,
    WorkspaceSettings,
    UsersService,
    TeamsService,
    InboxesService,
    NotificationsService,
    ApiKeysService,
    FirstWorkspaceService,
  ],
})
export class TeamsModule {}
