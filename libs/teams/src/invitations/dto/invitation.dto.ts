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
    'Whether to mail the link, where the server has SMTP set. Default true; with false the answer has the link, for you to hand over.',
  optional: true,
  default: true,
  example: false,
} as const;
const TOKEN_OPTIONS = {
  description: 'What the link has behind `#token=`. Works once, for seven days.',
  min: 10,
  max: 200,
  example: 'inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
} as const;

/** Whom to invite. */
export class InviteUserDto {
  @EmailField({ description: 'Where mail reaches them; also their login.', example: 'ben@acme.example' })
  email: string;

  @StringField({
    description:
      'What a new person is called until they say otherwise; by default what stands before the @. Whoever has an account on this server has their own name again once they join.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Ben Ode',
  })
  name?: string;

  @StringField({
    description: '`owner`, `admin`, `agent`, or the id of a custom role.',
    min: 1,
    max: 60,
    example: 'agent',
  })
  role: string;

  @UuidListField({
    description: 'Teams that they are in once they join.',
    optional: true,
    maxItems: MAX_GROUPS,
    example: [],
  })
  team_ids?: string[];

  @UuidListField({
    description: 'Team inboxes that they work in once they join.',
    optional: true,
    maxItems: MAX_GROUPS,
    example: [],
  })
  inbox_ids?: string[];

  @BooleanField(SEND_OPTIONS)
  send?: boolean;
}

/** How to send an invitation again. */
export class ResendInvitationDto {
  @BooleanField(SEND_OPTIONS)
  send?: boolean;
}

/** An invitation as it has just been issued. */
export class InvitationDto {
  @BooleanField({ description: 'Whether it is on its way by mail.', example: false })
  mailed: boolean;

  @StringField({
    description: 'What to open; null when it is mailed. This is the only time it is shown.',
    nullable: true,
    max: 2048,
    example: 'https://support.acme.example/accept-invitation#token=inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string | null;

  @StringField({
    description: 'The token in it, for `POST /v1/auth/invitations/accept`; null when it is mailed.',
    nullable: true,
    example: 'inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  token: string | null;

  @DateField({ description: 'When it stops working.' })
  expires_at: string;
}

/** A member who is invited. */
export class InvitedUserDto extends UserDto {
  @NestedField(() => InvitationDto, { description: 'The invitation.' })
  invitation: InvitationDto;
}

/** Puts it on the wire, the one time. */
export function toInvitedUserDto({ user, invitation: { mailed, link, expiresAt } }: InvitedUser): InvitedUserDto {
  return {
    ...toUserDto(user),
    invitation: { mailed, url: link?.url ?? null, token: link?.token ?? null, expires_at: expiresAt },
  };
}

/** The token of an invitation. */
export class PreviewInvitationDto {
  @StringField(TOKEN_OPTIONS)
  token: string;
}

/** What an invitation says to who holds its token. */
export class InvitationPreviewDto {
  @StringField({ description: 'Name of the workspace that it leads to.', example: 'Acme Support' })
  workspace_name: string;

  @EmailField({ description: 'Whom it is for.', example: 'ben@acme.example' })
  email: string;

  @StringField({ description: 'What the workspace calls them until they join.', example: 'Ben Ode' })
  name: string;

  @EnumField(['new', 'known', 'none'], {
    description:
      'The password that accepting takes: `new` is one to choose, `known` the one that they have, `none` that they sign in through a provider.',
  })
  password: InvitationPreview['password'];

  @DateField({ description: 'When it stops working.' })
  expires_at: string;
}

/** Puts it on the wire. */
export function toInvitationPreviewDto({
  workspaceName,
  email,
  name,
  password,
  expiresAt,
}: InvitationPreview): InvitationPreviewDto {
  return { workspace_name: workspaceName, email, name, password, expires_at: expiresAt };
}

/** How to join. */
export class AcceptInvitationDto extends SecondFactorProofDto {
  @StringField(TOKEN_OPTIONS)
  token: string;

  @StringField({
    description: 'What a new person wants to be called; by default what whoever invited them said.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Ben Ode',
  })
  name?: string;

  @StringField({
    description: `A new person chooses one. ${PASSWORD_RULE} Who has one on this server shows it, and their second factor where that is on.`,
    optional: true,
    min: 1,
    max: MAX_PASSWORD_LENGTH,
    example: 'staple battery horse',
  })
  password?: string;
}
