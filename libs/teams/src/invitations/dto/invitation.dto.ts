import {
  EnumField,
  EmailField,
  BooleanField,
  UuidListField,
  NestedField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { MAX_PASSWORD_LENGTH, PASSWORD_RULE } from '../../passwords/password-policy.js';
import { SecondFactorProofDto } from '../../second-factor/dto/second-factor.dto.js';
import { toUserDto, UserDto } from '../../users/dto/user.dto.js';
import type { InvitedUser, InvitationPreview } from '../invitation.view.js';

const MAX_GROUPS = 50;
const SEND_OPTIONS = {
  description:
    'If true and the server has SMTP settings, the link is mailed. Otherwise the response contains the link, for ' +
    'you to pass on. Default: true.',
  optional: true,
  default: true,
  example: false,
} as const;
const TOKEN_OPTIONS = {
  description: 'Token from the fragment (`#token=`) of the link. It works once and expires after seven days.',
  min: 10,
  max: 200,
  example: 'inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
} as const;

export class InviteUserDto {
  @EmailField({ description: 'E-mail address for mails and sign-in.', example: 'ben@acme.example', signIn: true })
  email: string;

  @StringField({
    description:
      'Name of a new user. Default: the local part of the e-mail address. A user who already has an account on ' +
      'this server keeps their own name, which is shown after they join.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Ben Ode',
    trim: true,
  })
  name?: string;

  @StringField({
    description: '`owner`, `admin`, `agent`, or the ID of a custom role.',
    min: 1,
    max: 60,
    example: 'agent',
  })
  role: string;

  @UuidListField({
    description: 'IDs of teams that the user is added to when they join.',
    optional: true,
    maxItems: MAX_GROUPS,
    example: [],
  })
  team_ids?: string[];

  @UuidListField({
    description: 'IDs of team inboxes that the user is added to when they join.',
    optional: true,
    maxItems: MAX_GROUPS,
    example: [],
  })
  inbox_ids?: string[];

  @BooleanField(SEND_OPTIONS)
  send?: boolean;
}

export class ResendInvitationDto {
  @BooleanField(SEND_OPTIONS)
  send?: boolean;
}

/** Invitation with its link, returned once. */
export class InvitationDto {
  @BooleanField({ description: 'True if the link was queued for sending by mail.', example: false })
  mailed: boolean;

  @StringField({
    description: 'Link for the user to open; null if it is mailed. It is not shown again.',
    nullable: true,
    max: 2048,
    example: 'https://support.acme.example/accept-invitation#token=inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string | null;

  @StringField({
    description: 'Token of the link, for `POST /v1/auth/invitations/accept`; null if it is mailed.',
    nullable: true,
    example: 'inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  token: string | null;

  @DateField({ description: 'Time at which the invitation expires.' })
  expires_at: string;
}

/** Invited user with the invitation. */
export class InvitedUserDto extends UserDto {
  @NestedField(() => InvitationDto, { description: 'The invitation.' })
  invitation: InvitationDto;
}

export function toInvitedUserDto({ user, invitation: { mailed, link, expiresAt } }: InvitedUser): InvitedUserDto {
  return {
    ...toUserDto(user),
    invitation: { mailed, url: link?.url ?? null, token: link?.token ?? null, expires_at: expiresAt },
  };
}

export class PreviewInvitationDto {
  @StringField(TOKEN_OPTIONS)
  token: string;
}

/** Invitation as shown to the holder of its token. */
export class InvitationPreviewDto {
  @StringField({ description: 'Name of the workspace.', example: 'Acme Support' })
  workspace_name: string;

  @StringField({ description: 'Language of the workspace as a BCP 47 tag.', max: 35, example: 'en' })
  locale: string;

  @StringField({
    description: 'Name of the inviting user; null if an API key created the invitation.',
    nullable: true,
    example: 'Sarah Chen',
  })
  inviter_name: string | null;

  @EmailField({ description: 'E-mail address of the invited user.', example: 'ben@acme.example' })
  email: string;

  @StringField({ description: 'Name of the user in the invitation.', example: 'Ben Ode' })
  name: string;

  @EnumField(['new', 'existing', 'none'], {
    description:
      'Password that accepting the invitation requires. `new`: the user chooses a password. `existing`: the ' +
      "current password of the user's account. `none`: no password, because the user signs in through a provider.",
  })
  password: InvitationPreview['password'];

  @DateField({ description: 'Time at which the invitation expires.' })
  expires_at: string;
}

export function toInvitationPreviewDto({
  workspaceName,
  locale,
  inviterName,
  email,
  name,
  password,
  expiresAt,
}: InvitationPreview): InvitationPreviewDto {
  return {
    workspace_name: workspaceName,
    locale,
    inviter_name: inviterName,
    email,
    name,
    password,
    expires_at: expiresAt,
  };
}

export class AcceptInvitationDto extends SecondFactorProofDto {
  @StringField(TOKEN_OPTIONS)
  token: string;

  @StringField({
    description:
      'Name of a new user. Default: the name in the invitation. Rejected for users who already have an account.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Ben Ode',
    trim: true,
  })
  name?: string;

  @StringField({
    description:
      `Password. A new user chooses one. ${PASSWORD_RULE} A user with an account on this server sends their ` +
      'current password, and `totp_code` or `recovery_code` if a second factor is enabled.',
    optional: true,
    min: 1,
    max: MAX_PASSWORD_LENGTH,
    example: 'staple battery horse',
  })
  password?: string;
}
