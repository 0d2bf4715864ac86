import { Choice, Email, Flag, IdList, Nested, Text, Time } from '@parley/kernel';
import { LONGEST_PASSWORD, PASSWORD_RULE } from '../../passwords/password-policy.js';
import { SecondFactorProofDto } from '../../second-factor/dto/second-factor.dto.js';
import { toUserDto, UserDto } from '../../users/dto/user.dto.js';
import type { InvitedUser, ShownInvitation } from '../invitation.view.js';

const MOST_GROUPS = 50;
const SEND = {
  description:
    'Whether to mail the link, where the server has SMTP set. Default true; with false the answer has the link, for you to hand over.',
  optional: true,
  default: true,
  example: false,
} as const;
const TOKEN = {
  description: 'What the link has behind `#token=`. Works once, for seven days.',
  min: 10,
  max: 200,
  example: 'inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
} as const;

/** Whom to invite. */
export class InviteUserDto {
  @Email({ description: 'Where mail reaches them; also their login.', example: 'ben@acme.example' })
  email: string;

  @Text({
    description:
      'What a new person is called until they say otherwise; by default what stands before the @. Whoever has an account on this server has their own name again once they join.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Ben Ode',
  })
  name?: string;

  @Text({ description: '`owner`, `admin`, `agent`, or the id of a custom role.', min: 1, max: 60, example: 'agent' })
  role: string;

  @IdList({ description: 'Teams that they are in once they join.', optional: true, maxItems: MOST_GROUPS, example: [] })
  team_ids?: string[];

  @IdList({
    description: 'Team inboxes that they work in once they join.',
    optional: true,
    maxItems: MOST_GROUPS,
    example: [],
  })
  inbox_ids?: string[];

  @Flag(SEND)
  send?: boolean;
}

/** How to send an invitation again. */
export class ReinviteUserDto {
  @Flag(SEND)
  send?: boolean;
}

/** An invitation as it has just been issued. */
export class InvitationDto {
  @Flag({ description: 'Whether it is on its way by mail.', example: false })
  mailed: boolean;

  @Text({
    description: 'What to open; null when it is mailed. This is the only time it is shown.',
    nullable: true,
    max: 2048,
    example: 'https://support.acme.example/accept-invitation#token=inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string | null;

  @Text({
    description: 'The token in it, for `POST /v1/auth/invitations/accept`; null when it is mailed.',
    nullable: true,
    example: 'inv_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  token: string | null;

  @Time({ description: 'When it stops working.' })
  expires_at: string;
}

/** A member who is invited. */
export class InvitedUserDto extends UserDto {
  @Nested(() => InvitationDto, { description: 'The invitation.' })
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
export class ShowInvitationDto {
  @Text(TOKEN)
  token: string;
}

/** What an invitation says to who holds its token. */
export class ShownInvitationDto {
  @Text({ description: 'Name of the workspace that it leads to.', example: 'Acme Support' })
  workspace_name: string;

  @Email({ description: 'Whom it is for.', example: 'ben@acme.example' })
  email: string;

  @Text({ description: 'What the workspace calls them until they join.', example: 'Ben Ode' })
  name: string;

  @Choice(['new', 'known', 'none'], {
    description:
      'The password that accepting takes: `new` is one to choose, `known` the one that they have, `none` that they sign in through a provider.',
  })
  password: ShownInvitation['password'];

  @Time({ description: 'When it stops working.' })
  expires_at: string;
}

/** Puts it on the wire. */
export function toShownInvitationDto({
  workspaceName,
  email,
  name,
  password,
  expiresAt,
}: ShownInvitation): ShownInvitationDto {
  return { workspace_name: workspaceName, email, name, password, expires_at: expiresAt };
}

/** How to join. */
export class AcceptInvitationDto extends SecondFactorProofDto {
  @Text(TOKEN)
  token: string;

  @Text({
    description: 'What a new person wants to be called; by default what whoever invited them said.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Ben Ode',
  })
  name?: string;

  @Text({
    description: `A new person chooses one. ${PASSWORD_RULE} Who has one on this server shows it, and their second factor where that is on.`,
    optional: true,
    min: 1,
    max: LONGEST_PASSWORD,
    example: 'staple battery horse',
  })
  password?: string;
}
