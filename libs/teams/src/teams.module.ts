import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Credentials, JWT_SECRET, SecretsRepository } from '@parley/kernel/auth';
import { ApiKeyUpdater } from './api-keys/api-key-updater.service.js';
import { ApiKeyEntity } from './api-keys/api-key.entity.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { ApiKeyPolicy } from './api-keys/api-key-policy.service.js';
import { AuthController } from './auth/auth.controller.js';
import { AuthService } from './auth/auth.service.js';
import { SignInAttemptsEntity } from './auth/sign-in-attempts.entity.js';
import { SignInRetentionService } from './auth/sign-in-retention.service.js';
import { LoginService } from './auth/login.service.js';
import { MemberCredentialsService } from './auth/member-credentials.service.js';
import { LoginThrottle } from './auth/login-throttle.service.js';
import { SignInAuditLogService } from './auth/sign-in-audit-log.service.js';
import { SignInTokensService } from './auth/sign-in-tokens.service.js';
import { SignInAttemptsRepository } from './auth/sign-in-attempts.repository.js';
import { DatabaseCredentialStore } from './auth/database-credential-store.service.js';
import { EmailChangeConfirmationService } from './emails/email-change-confirmation.service.js';
import { EmailChangeLinksService } from './emails/email-change-links.service.js';
import { EmailChangeTokensService } from './emails/email-change-tokens.service.js';
import { EmailChangeEntity } from './emails/email-change.entity.js';
import { EmailChangesRepository } from './emails/email-changes.repository.js';
import { EmailChangesService } from './emails/email-changes.service.js';
import { EmailLinksController } from './emails/email-links.controller.js';
import { EmailsController } from './emails/emails.controller.js';
import { MailEmailChangeJob } from './emails/mail-email-change.job.js';
import { FirstWorkspaceService } from './bootstrap/first-workspace.service.js';
import { InboxMemberEntity } from './inboxes/inbox-member.entity.js';
import { InboxEntity } from './inboxes/inbox.entity.js';
import { InboxesController } from './inboxes/inboxes.controller.js';
import { InboxesRepository } from './inboxes/inboxes.repository.js';
import { InboxesService } from './inboxes/inboxes.service.js';
import { InvitationAcceptanceController } from './invitations/invitation-acceptance.controller.js';
import { InvitationAcceptanceService } from './invitations/invitation-acceptance.service.js';
import { InvitationLinksService } from './invitations/invitation-links.service.js';
import { InvitationAuthenticator } from './invitations/invitation-authenticator.service.js';
import { InvitationEntity } from './invitations/invitation.entity.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { InvitationMembershipsService } from './invitations/invitation-memberships.service.js';
import { MailInvitationJob } from './invitations/mail-invitation.job.js';
import { NotificationPreferencesEntity } from './notifications/notification-preferences.entity.js';
import { NotificationRetentionService } from './notifications/notification-retention.service.js';
import { MailNotificationsJob } from './notifications/mail-notifications.job.js';
import { DueDigestScheduler } from './notifications/due-digest-scheduler.service.js';
import { NotificationMailsRepository } from './notifications/notification-mails.repository.js';
import { NotificationMailSender } from './notifications/notification-mail-sender.service.js';
import { NotificationPreferencesController } from './notifications/notification-preferences.controller.js';
import { NotificationPreferencesRepository } from './notifications/notification-preferences.repository.js';
import { NotificationPreferencesService } from './notifications/notification-preferences.service.js';
import { NotificationEntity } from './notifications/notification.entity.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { NotificationsRepository } from './notifications/notifications.repository.js';
import { NotificationsService } from './notifications/notifications.service.js';
import { OidcLoginsController } from './oidc/oidc-logins.controller.js';
import { OidcClientService } from './oidc/oidc-client.service.js';
import { OidcProviderEntity } from './oidc/oidc-provider.entity.js';
import { OidcSignInEntity } from './oidc/oidc-sign-in.entity.js';
import { OidcUserResolver } from './oidc/oidc-user-resolver.service.js';
import { OidcProvidersController } from './oidc/oidc-providers.controller.js';
import { OidcProvidersRepository } from './oidc/oidc-providers.repository.js';
import { OidcProvidersService } from './oidc/oidc-providers.service.js';
import { OidcSignInController } from './oidc/oidc-sign-in.controller.js';
import { OidcSignInService } from './oidc/oidc-sign-in.service.js';
import { OidcSignInsRepository } from './oidc/oidc-sign-ins.repository.js';
import { OidcUrlBuilder } from './oidc/oidc-url-builder.service.js';
import { UserIdentitiesRepository } from './oidc/user-identities.repository.js';
import { UserIdentityEntity } from './oidc/user-identity.entity.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { OrganizationsService } from './organizations/organizations.service.js';
import { PagesController } from './pages/pages.controller.js';
import { PasswordResetConfirmationService } from './passwords/password-reset-confirmation.service.js';
import { MailPasswordResetJob } from './passwords/mail-password-reset.job.js';
import { PasswordLinksController } from './passwords/password-links.controller.js';
import { PasswordResetLinksService } from './passwords/password-reset-links.service.js';
import { PasswordResetEntity } from './passwords/password-reset.entity.js';
import { PasswordResetsRepository } from './passwords/password-resets.repository.js';
import { PasswordResetsService } from './passwords/password-resets.service.js';
import { PasswordsController } from './passwords/passwords.controller.js';
import { PasswordsService } from './passwords/passwords.service.js';
import { IdleUserUpdater } from './presence/idle-user-updater.service.js';
import { PresenceRepository } from './presence/presence.repository.js';
import { PresenceService } from './presence/presence.service.js';
import { RoleGrantPolicy } from './roles/role-grant-policy.service.js';
import { RoleEntity } from './roles/role.entity.js';
import { RolesController } from './roles/roles.controller.js';
import { RolesRepository } from './roles/roles.repository.js';
import { RolesService } from './roles/roles.service.js';
import { SEALING_KEY } from './sealing-key.js';
import { MemberSecondFactorsController } from './second-factor/member-second-factors.controller.js';
import { MemberSecondFactorsService } from './second-factor/member-second-factors.service.js';
import { SecondFactorVerifier } from './second-factor/second-factor-verifier.service.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactorEntity } from './second-factor/second-factor.entity.js';
import { SecondFactorService } from './second-factor/second-factor.service.js';
import { SecondFactorsRepository } from './second-factor/second-factors.repository.js';
import { SessionEntity } from './sessions/session.entity.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TeamMemberEntity } from './teams/team-member.entity.js';
import { TeamEntity } from './teams/team.entity.js';
import { TeamRenderer } from './teams/team-renderer.service.js';
import { TeamsController } from './teams/teams.controller.js';
import { TeamsRepository } from './teams/teams.repository.js';
import { TeamsService } from './teams/teams.service.js';
import { GroupMembersRepository } from './users/group-members.repository.js';
import { GroupMembershipService } from './users/group-membership.service.js';
import { MeController } from './users/me.controller.js';
import { MemberUpdater } from './users/member-updater.service.js';
import { MemberRolesService } from './users/member-roles.service.js';
import { MemberStatusController } from './users/member-status.controller.js';
import { MemberStatusService } from './users/member-status.service.js';
import { MembershipEntity } from './users/membership.entity.js';
import { ProfilesService } from './users/profiles.service.js';
import { UserEntity } from './users/user.entity.js';
import { UsersController } from './users/users.controller.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';
import { WorkspaceEntity } from './workspaces/workspace.entity.js';
import { WorkspaceSettingsCache } from './workspaces/workspace-settings-cache.service.js';
import { WorkspacesRepository } from './workspaces/workspaces.repository.js';
import { WorkspacesService } from './workspaces/workspaces.service.js';

const SIGN_IN = [
  SessionsRepository,
  SessionsService,
  SignInAuditLogService,
  SignInTokensService,
  SignInAttemptsRepository,
  LoginThrottle,
  AuthService,
  LoginService,
  SignInRetentionService,
];

const PASSWORDS = [
  PasswordResetsRepository,
  PasswordResetsService,
  PasswordResetLinksService,
  PasswordResetConfirmationService,
  PasswordsService,
  MailPasswordResetJob,
];

const EMAILS = [
  EmailChangesRepository,
  EmailChangesService,
  EmailChangeTokensService,
  EmailChangeLinksService,
  EmailChangeConfirmationService,
  MailEmailChangeJob,
];

const SECOND_FACTOR = [SecondFactorsRepository, SecondFactorVerifier, SecondFactorService, MemberSecondFactorsService];

const API_KEYS = [ApiKeysRepository, ApiKeysService, ApiKeyUpdater, ApiKeyPolicy];

const OIDC = [
  OidcUrlBuilder,
  OidcClientService,
  OidcUserResolver,
  OidcProvidersRepository,
  OidcProvidersService,
  OidcSignInsRepository,
  OidcSignInService,
  UserIdentitiesRepository,
];

const ROLES = [
  RolesRepository,
  RolesService,
  RoleGrantPolicy,
  MemberRolesService,
  MemberUpdater,
  MemberStatusService,
  MemberCredentialsService,
  ProfilesService,
];

const INVITATIONS = [
  InvitationsRepository,
  InvitationsService,
  InvitationLinksService,
  InvitationMembershipsService,
  InvitationAuthenticator,
  InvitationAcceptanceService,
  MailInvitationJob,
];

const PRESENCE = [PresenceRepository, PresenceService, IdleUserUpdater];

const USERS_AND_GROUPS = [
  UsersRepository,
  UsersService,
  GroupMembersRepository,
  GroupMembershipService,
  TeamsRepository,
  TeamsService,
  InboxesRepository,
  InboxesService,
  TeamRenderer,
];

const NOTIFICATIONS = [
  NotificationsRepository,
  NotificationsService,
  NotificationPreferencesRepository,
  NotificationPreferencesService,
  NotificationRetentionService,
  NotificationMailsRepository,
  NotificationMailSender,
  MailNotificationsJob,
  DueDigestScheduler,
];

/** Workspaces, their members, and authentication. Global, because the kernel uses it to authenticate requests. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([
      ApiKeyEntity,
      EmailChangeEntity,
      InboxMemberEntity,
      InboxEntity,
      InvitationEntity,
      MembershipEntity,
      NotificationPreferencesEntity,
      NotificationEntity,
      OidcProviderEntity,
      OidcSignInEntity,
      PasswordResetEntity,
      RoleEntity,
      SecondFactorEntity,
      SessionEntity,
      SignInAttemptsEntity,
      TeamMemberEntity,
      TeamEntity,
      UserIdentityEntity,
      UserEntity,
      WorkspaceEntity,
    ]),
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
    { provide: Credentials, useClass: DatabaseCredentialStore },
    {
      provide: SEALING_KEY,
      useFactory: async (secrets: SecretsRepository) =>
        Buffer.from(await secrets.getOrCreate('teams.sealing'), 'base64url'),
      inject: [SecretsRepository],
    },
    WorkspacesRepository,
    WorkspacesService,
    WorkspaceSettingsCache,
    OrganizationsService,
    FirstWorkspaceService,
    ...SIGN_IN,
    ...PASSWORDS,
    ...EMAILS,
    ...SECOND_FACTOR,
    ...API_KEYS,
    ...ROLES,
    ...OIDC,
    ...USERS_AND_GROUPS,
    ...PRESENCE,
    ...INVITATIONS,
    ...NOTIFICATIONS,
  ],
  exports: [
    Credentials,
    WorkspacesService,
    WorkspaceSettingsCache,
    UsersService,
    TeamsService,
    InboxesService,
    NotificationsService,
    ApiKeysService,
    FirstWorkspaceService,
  ],
})
export class TeamsModule {}
