import { DomainEvent, type Changed } from '@parley/kernel/events';

/** A team was made. */
export class TeamCreated extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'team.created';
}

/** A team's name or description changed. */
export class TeamUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'team.updated';
}

/** A team is gone; whatever was assigned to it is to be handed on. */
export class TeamDeleted extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'team.deleted';
}

/** Somebody joined a team. */
export class TeamMemberAdded extends DomainEvent<{ readonly user_id: string }> {
  static readonly type = 'team.member_added';
}

/** Somebody left a team. */
export class TeamMemberRemoved extends DomainEvent<{ readonly user_id: string }> {
  static readonly type = 'team.member_removed';
}

/** An API key was made. */
export class ApiKeyCreated extends DomainEvent<{
  readonly name: string;
  readonly kind: string;
  readonly scopes: readonly string[];
}> {
  static readonly type = 'api_key.created';
}

/** An API key's name, scopes or expiry changed. */
export class ApiKeyUpdated extends DomainEvent<{ readonly name: string; readonly changed: Changed }> {
  static readonly type = 'api_key.updated';
}

/** An API key was given another secret; the one before works on for the overlap. */
export class ApiKeyRotated extends DomainEvent<{ readonly name: string; readonly overlap_seconds: number }> {
  static readonly type = 'api_key.rotated';
}

/** An API key no longer opens anything. */
export class ApiKeyRevoked extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'api_key.revoked';
}

/** Somebody signed in. */
export class SignedIn extends DomainEvent<{ readonly session_id: string; readonly address: string | null }> {
  static readonly type = 'security.login';
}

/** Somebody tried to sign in as this user with a wrong password. */
export class SignInFailed extends DomainEvent<{ readonly address: string | null }> {
  static readonly type = 'security.login_failed';
}

/** Somebody changed their own password. */
export class PasswordChanged extends DomainEvent<{ readonly address: string | null }> {
  static readonly type = 'security.password_changed';
}

/** Somebody set a new password by a token; all of their sessions are ended. */
export class PasswordReset extends DomainEvent<{ readonly address: string }> {
  static readonly type = 'security.password_reset';
}

/** An admin made a link that sets somebody's password. */
export class PasswordResetLinked extends DomainEvent<{ readonly expires_at: string }> {
  static readonly type = 'security.password_reset_linked';
}

/** Somebody signs in with another e-mail from now on. */
export class EmailChanged extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'security.email_changed';
}

/** An admin made the link that confirms somebody's new e-mail. */
export class EmailChangeLinked extends DomainEvent<{ readonly expires_at: string }> {
  static readonly type = 'security.email_change_linked';
}

/** Somebody signs in with a second factor from now on. */
export class SecondFactorEnabled extends DomainEvent<{ readonly address: string }> {
  static readonly type = 'security.second_factor_enabled';
}

/** Somebody signs in without a second factor from now on. */
export class SecondFactorDisabled extends DomainEvent<{ readonly address: string }> {
  static readonly type = 'security.second_factor_disabled';
}

/** An admin switched off the second factor of somebody who had lost it; their sessions are ended. */
export class SecondFactorReset extends DomainEvent {
  static readonly type = 'security.second_factor_reset';
}

/** Somebody has new recovery codes; those before no longer work. */
export class RecoveryCodesRenewed extends DomainEvent<{ readonly address: string }> {
  static readonly type = 'security.recovery_codes_renewed';
}

/** A member was given another role. */
export class MemberRoleChanged extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'security.role_changed';
}

/** How members of a workspace may sign in changed. */
export class SecuritySettingsChanged extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'security.settings_changed';
}

/** Somebody ended sessions of their own. */
export class SessionsRevoked extends DomainEvent<{ readonly session_ids: readonly string[] }> {
  static readonly type = 'security.sessions_revoked';
}

/** Somebody was asked to join the workspace; until they do, they are a member who can do nothing. */
export class UserInvited extends DomainEvent<{
  readonly role: string;
  readonly team_ids: readonly string[];
  readonly inbox_ids: readonly string[];
}> {
  static readonly type = 'user.invited';
}

/** An invitation was revoked; the user is no longer a member. */
export class InvitationRevoked extends DomainEvent {
  static readonly type = 'user.invitation_revoked';
}

/** A user became a member of the workspace. */
export class UserJoined extends DomainEvent<{ readonly role: string }> {
  static readonly type = 'user.joined';
}

/** A member's name or picture changed. */
export class UserUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'user.updated';
}

/** A member can do nothing any more; what was assigned to them goes to the user named, else to nobody. */
export class UserDeactivated extends DomainEvent<{ readonly reassign_to: string | null }> {
  static readonly type = 'user.deactivated';
}

/** A member who was deactivated is let in again. */
export class UserActivated extends DomainEvent {
  static readonly type = 'user.activated';
}

/** A member went online, busy or offline. */
export class UserAvailabilityChanged extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'user.availability_changed';
}

/** A role was made. */
export class RoleCreated extends DomainEvent<{ readonly name: string; readonly scopes: readonly string[] }> {
  static readonly type = 'role.created';
}

/** A role's name, description or scopes changed, and with them what its members may do. */
export class RoleUpdated extends DomainEvent<{ readonly name: string; readonly changed: Changed }> {
  static readonly type = 'role.updated';
}

/** A role that nobody had any more is gone. */
export class RoleDeleted extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'role.deleted';
}

/** A team inbox was made. */
export class InboxCreated extends DomainEvent<{ readonly name: string; readonly channel: string }> {
  static readonly type = 'inbox.created';
}

/** How a team inbox is called or behaves changed. */
export class InboxUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'inbox.updated';
}

/** A team inbox is gone; what arrived in it is in none. */
export class InboxDeleted extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'inbox.deleted';
}

/** Somebody may work in a team inbox. */
export class InboxMemberAdded extends DomainEvent<{ readonly user_id: string }> {
  static readonly type = 'inbox.member_added';
}

/** Somebody no longer works in a team inbox. */
export class InboxMemberRemoved extends DomainEvent<{ readonly user_id: string }> {
  static readonly type = 'inbox.member_removed';
}

/** A workspace's name, zone, language or settings changed; settings as `settings.<name>`. */
export class OrganizationUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'organization.updated';
}

/** A provider to sign in through was made. */
export class OidcProviderCreated extends DomainEvent<{ readonly name: string; readonly issuer: string }> {
  static readonly type = 'oidc_provider.created';
}

/** A provider to sign in through changed. */
export class OidcProviderUpdated extends DomainEvent<{ readonly name: string; readonly changed: Changed }> {
  static readonly type = 'oidc_provider.updated';
}

/** A provider to sign in through is gone. */
export class OidcProviderDeleted extends DomainEvent<{ readonly name: string }> {
  static readonly type = 'oidc_provider.deleted';
}
