import { defineEvent, type Changed } from '@parley/kernel/events';

export class TeamCreated extends defineEvent<{ readonly name: string }>('team.created', {
  description: 'A team was created.',
  fields: ['name'],
}) {}

export class TeamUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>('team.updated', {
  description: 'The name or description of a team changed.',
  fields: ['name', 'changed'],
}) {}

export class TeamDeleted extends defineEvent<{ readonly name: string }>('team.deleted', {
  description: 'A team was deleted. Its conversations become unassigned from it.',
  fields: ['name'],
}) {}

export class TeamMemberAdded extends defineEvent<{ readonly user_id: string }>('team.member_added', {
  description: 'A user was added to a team.',
  fields: ['user_id'],
  summary: ({ actor, subject, target }) => `${actor} added ${target ?? 'a user'} to ${subject}`,
}) {}

export class TeamMemberRemoved extends defineEvent<{ readonly user_id: string }>('team.member_removed', {
  description: 'A user was removed from a team.',
  fields: ['user_id'],
  summary: ({ actor, subject, target }) => `${actor} removed ${target ?? 'a user'} from ${subject}`,
}) {}

export class ApiKeyCreated extends defineEvent<{
  readonly name: string;
  readonly kind: string;
  readonly mode: string;
  readonly scopes: readonly string[];
}>('api_key.created', { description: 'An API key was created.', fields: ['name', 'kind', 'mode', 'scopes'] }) {}

export class ApiKeyUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'api_key.updated',
  { description: 'The name, scopes or expiry of an API key changed.', fields: ['name', 'changed'] },
) {}

export class ApiKeyRotated extends defineEvent<{ readonly name: string; readonly overlap_seconds: number }>(
  'api_key.rotated',
  {
    description: 'An API key got a new secret. The previous one stays valid during the overlap.',
    fields: ['name', 'overlap_seconds'],
    summary: ({ actor, subject }) => `${actor} rotated ${subject}`,
  },
) {}

export class ApiKeyRevoked extends defineEvent<{ readonly name: string }>('api_key.revoked', {
  description: 'An API key was revoked.',
  fields: ['name'],
}) {}

export class SignedIn extends defineEvent<{ readonly session_id: string; readonly address: string | null }>(
  'security.login',
  {
    description: 'A user signed in.',
    fields: ['session_id', 'address'],
    summary: ({ subject }) => `${subject} signed in`,
  },
) {}

export class SignInFailed extends defineEvent<{ readonly address: string | null }>('security.login_failed', {
  description: 'A sign-in attempt with a wrong password failed.',
  fields: ['address'],
  summary: ({ subject }) => `A sign-in attempt as ${subject} failed`,
}) {}

export class RefreshTokenReused extends defineEvent<{ readonly session_id: string; readonly address: string | null }>(
  'security.refresh_token_reused',
  {
    description: 'A refresh token was used after it had been replaced, so its session was revoked.',
    fields: ['session_id', 'address'],
    summary: ({ subject }) => `A session of ${subject} was revoked because an old refresh token was used`,
  },
) {}

export class PasswordChanged extends defineEvent<{ readonly address: string | null }>('security.password_changed', {
  description: 'A user changed their password.',
  fields: ['address'],
  summary: ({ subject }) => `${subject} changed their password`,
}) {}

export class PasswordReset extends defineEvent<{ readonly address: string }>('security.password_reset', {
  description: 'A user set a new password with a reset token. All their sessions were revoked.',
  fields: ['address'],
  summary: ({ subject }) => `${subject} reset their password`,
}) {}

export class PasswordResetLinked extends defineEvent<{ readonly expires_at: string }>(
  'security.password_reset_linked',
  {
    description: 'An admin created a password reset link for a user.',
    fields: ['expires_at'],
    summary: ({ actor, subject }) => `${actor} created a password reset link for ${subject}`,
  },
) {}

export class EmailChanged extends defineEvent<{ readonly changed: Changed }>('security.email_changed', {
  description: 'A user confirmed a new sign-in e-mail.',
  fields: ['changed'],
  summary: ({ subject }) => `${subject} changed their e-mail`,
}) {}

export class EmailChangeLinked extends defineEvent<{ readonly expires_at: string }>('security.email_change_linked', {
  description: 'An admin created a confirmation link for the new e-mail of a user.',
  fields: ['expires_at'],
  summary: ({ actor, subject }) => `${actor} created a confirmation link for the new e-mail of ${subject}`,
}) {}

export class SecondFactorEnabled extends defineEvent<{ readonly address: string }>('security.second_factor_enabled', {
  description: 'A user enabled two-factor authentication.',
  fields: ['address'],
  summary: ({ subject }) => `${subject} enabled two-factor authentication`,
}) {}

export class SecondFactorDisabled extends defineEvent<{ readonly address: string }>('security.second_factor_disabled', {
  description: 'A user disabled two-factor authentication.',
  fields: ['address'],
  summary: ({ subject }) => `${subject} disabled two-factor authentication`,
}) {}

export class SecondFactorReset extends defineEvent<object>('security.second_factor_reset', {
  description: 'An admin reset the second factor of a user. Their sessions were revoked.',
  summary: ({ actor, subject }) => `${actor} reset the second factor of ${subject}`,
}) {}

export class RecoveryCodesRenewed extends defineEvent<{ readonly address: string }>('security.recovery_codes_renewed', {
  description: 'A user generated new recovery codes. The previous codes are invalid.',
  fields: ['address'],
  summary: ({ subject }) => `${subject} generated new recovery codes`,
}) {}

export class MemberRoleChanged extends defineEvent<{ readonly changed: Changed }>('security.role_changed', {
  description: 'The role of a member changed.',
  fields: ['changed'],
  summary: ({ actor, subject }) => `${actor} changed the role of ${subject}`,
}) {}

export class SecuritySettingsChanged extends defineEvent<{ readonly changed: Changed }>('security.settings_changed', {
  description: 'The sign-in settings of a workspace changed.',
  fields: ['changed'],
  summary: ({ actor, changedFields }) => `${actor} changed the sign-in settings${changedFields}`,
}) {}

export class SessionsRevoked extends defineEvent<{ readonly session_ids: readonly string[] }>(
  'security.sessions_revoked',
  {
    description: 'A user revoked sessions of their own.',
    fields: ['session_ids'],
    summary: ({ subject }) => `${subject} revoked their own sessions`,
  },
) {}

export class UserInvited extends defineEvent<{
  readonly role: string;
  readonly team_ids: readonly string[];
  readonly inbox_ids: readonly string[];
}>('user.invited', {
  description: 'A user was invited. Until they accept, they are a member without access.',
  fields: ['role', 'team_ids', 'inbox_ids'],
}) {}

export class InvitationRevoked extends defineEvent<object>('user.invitation_revoked', {
  description: 'An invitation was revoked before it was accepted.',
  summary: ({ actor, subject }) => `${actor} revoked the invitation of ${subject}`,
}) {}

export class UserJoined extends defineEvent<{ readonly role: string }>('user.joined', {
  description: 'A user became a member of the workspace.',
  fields: ['role'],
  summary: ({ subject }) => `${subject} joined the workspace`,
}) {}

export class UserUpdated extends defineEvent<{ readonly changed: Changed }>('user.updated', {
  description: 'The name or picture of a member changed.',
  fields: ['changed'],
}) {}

export class UserDeactivated extends defineEvent<{ readonly reassign_to: string | null }>('user.deactivated', {
  description: 'A member was deactivated. Their conversations are reassigned to the given user or unassigned.',
  summary: ({ actor, subject, target }) =>
    `${actor} deactivated ${subject}${target === null ? '' : ` and reassigned their conversations to ${target}`}`,
  fields: ['reassign_to'],
}) {}

export class UserActivated extends defineEvent<object>('user.activated', {
  description: 'A deactivated member was activated.',
}) {}

export class UserAvailabilityChanged extends defineEvent<{ readonly changed: Changed }>('user.availability_changed', {
  description: 'A member became available, busy or offline.',
  fields: ['changed'],
  summary: ({ subject, newValue }) => `${subject} changed availability to ${newValue('availability')}`,
}) {}

export class RoleCreated extends defineEvent<{ readonly name: string; readonly scopes: readonly string[] }>(
  'role.created',
  { description: 'A custom role was created.', fields: ['name', 'scopes'] },
) {}

export class RoleUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>('role.updated', {
  description: 'The name, description or scopes of a role changed.',
  fields: ['name', 'changed'],
}) {}

export class RoleDeleted extends defineEvent<{ readonly name: string }>('role.deleted', {
  description: 'A role without members was deleted.',
  fields: ['name'],
}) {}

export class InboxCreated extends defineEvent<{ readonly name: string; readonly channel: string }>('inbox.created', {
  description: 'An inbox was created.',
  fields: ['name', 'channel'],
}) {}

export class InboxUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>('inbox.updated', {
  description: 'The name or settings of an inbox changed.',
  fields: ['name', 'changed'],
}) {}

export class InboxDeleted extends defineEvent<{ readonly name: string }>('inbox.deleted', {
  description: 'An inbox was deleted. Its conversations belong to no inbox.',
  fields: ['name'],
}) {}

export class InboxMemberAdded extends defineEvent<{ readonly user_id: string }>('inbox.member_added', {
  description: 'A user got access to an inbox.',
  fields: ['user_id'],
  summary: ({ actor, subject, target }) => `${actor} gave ${target ?? 'a user'} access to ${subject}`,
}) {}

export class InboxMemberRemoved extends defineEvent<{ readonly user_id: string }>('inbox.member_removed', {
  description: 'A user lost access to an inbox.',
  fields: ['user_id'],
  summary: ({ actor, subject, target }) => `${actor} removed the access of ${target ?? 'a user'} to ${subject}`,
}) {}

export class OrganizationUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'organization.updated',
  {
    description:
      'The name, time zone, language or settings of a workspace changed. Settings appear as `settings.<name>`.',
    fields: ['name', 'changed'],
  },
) {}

export class OidcProviderCreated extends defineEvent<{ readonly name: string; readonly issuer: string }>(
  'oidc_provider.created',
  { description: 'An OIDC provider was created.', fields: ['name', 'issuer'] },
) {}

export class OidcProviderUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'oidc_provider.updated',
  { description: 'An OIDC provider changed.', fields: ['name', 'changed'] },
) {}

export class OidcProviderDeleted extends defineEvent<{ readonly name: string }>('oidc_provider.deleted', {
  description: 'An OIDC provider was deleted.',
  fields: ['name'],
}) {}
