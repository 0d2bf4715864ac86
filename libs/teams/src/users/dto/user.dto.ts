import {
  EnumField,
  EmailField,
  BooleanField,
  UuidField,
  parseIdFilter,
  NestedListField,
  ListQueryField,
  StringField,
  DateField,
  UrlField,
} from '@parley/kernel/http';
import { toTimeRange } from '@parley/kernel/pagination';
import { NamedListQueryDto } from '../../list-query.dto.js';
import type { UpdateMemberInput } from '../member-updater.service.js';
import type { UserView } from '../user.view.js';
import type { UsersFilter } from '../users.repository.js';

/** Team or team inbox that a user is a member of. */
export class UserGroupDto {
  @UuidField({ description: 'ID of the team or inbox.' })
  id: string;

  @StringField({ description: 'Name of the team or inbox.', example: 'Billing' })
  name: string;
}

/** Member of the workspace. */
export class UserDto {
  @UuidField({ description: 'ID of the user; the same in all of their workspaces.' })
  id: string;

  @StringField({
    description: 'Full name. For an invited user, the name given in the invitation.',
    example: 'Sarah Chen',
  })
  name: string;

  @EmailField({ description: 'E-mail address for mails and sign-in.' })
  email: string;

  @StringField({ description: '`owner`, `admin`, `agent`, or the ID of a custom role.', example: 'agent' })
  role: string;

  @StringField({ description: 'Name of the role. For a built-in role, the same as `role`.', example: 'agent' })
  role_name: string;

  @EnumField(['active', 'invited', 'inactive'], {
    description: 'Status of the membership. Only active users can sign in and be assigned.',
  })
  status: UserView['status'];

  @EnumField(['online', 'busy', 'offline'], {
    description:
      'Effective availability for new work: `availability_setting`, or `offline` while the user is away and ' +
      '`auto_offline` is true. A user is away after two minutes without a request and without an open event ' +
      'stream.',
  })
  availability: UserView['availability'];

  @EnumField(['online', 'busy', 'offline'], { description: 'Availability set by the user.' })
  availability_setting: UserView['availability'];

  @BooleanField({ description: 'If true, the user appears as `offline` while they are away.' })
  auto_offline: boolean;

  @StringField({
    description: "URL of the user's picture; null if there is none.",
    nullable: true,
    max: 2048,
    example: null,
  })
  avatar_url: string | null;

  @NestedListField(() => UserGroupDto, { description: 'Teams of the user, sorted by name.' })
  teams: UserGroupDto[];

  @NestedListField(() => UserGroupDto, { description: 'Team inboxes that the user is a member of, sorted by name.' })
  inboxes: UserGroupDto[];

  @DateField({ description: 'Time at which the user became a member.' })
  created_at: string;

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}

export function toUserDto(user: UserView): UserDto {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    role_name: user.roleName,
    status: user.status,
    availability: user.availability,
    availability_setting: user.availabilitySetting,
    auto_offline: user.autoOffline,
    avatar_url: user.avatarUrl,
    teams: user.teams.map(({ id, name }) => ({ id, name })),
    inboxes: user.inboxes.map(({ id, name }) => ({ id, name })),
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

export class UserListQueryDto extends NamedListQueryDto {
  @ListQueryField({
    description: 'Only users with one of these roles: `owner`, `admin`, `agent`, or IDs of custom roles.',
    example: 'agent',
  })
  role?: string[];

  @ListQueryField({
    description: 'Only users with one of these statuses.',
    values: ['active', 'invited', 'inactive'],
    example: 'active',
  })
  status?: string[];

  @ListQueryField({
    description: 'Only users with one of these effective availabilities.',
    values: ['online', 'busy', 'offline'],
    example: 'online',
  })
  availability?: string[];

  @ListQueryField({
    description: 'Only members of one of these teams: IDs, or `none` for users without a team.',
    example: 'none',
  })
  team?: string[];

  @ListQueryField({
    description: 'Only members of one of these team inboxes: IDs, or `none` for users without a team inbox.',
    example: 'none',
  })
  inbox?: string[];

  @StringField({
    description: 'Only users whose name or e-mail contains this text.',
    optional: true,
    max: 200,
    example: 'sarah',
  })
  q?: string;
}

/** @throws DomainError BAD_REQUEST for an invalid ID */
export function toUsersFilter(query: UserListQueryDto): UsersFilter {
  const { role, status, availability, q } = query;
  return {
    role,
    status,
    availability,
    q,
    teamIds: parseIdFilter('team', query.team, { none: true }),
    inboxIds: parseIdFilter('inbox', query.inbox, { none: true }),
    ...toTimeRange(query),
  };
}

/** Changes to the caller. Omitted fields keep their value. */
export class UpdateMeDto {
  @StringField({
    description: 'Full name.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Sarah Chen',
    trim: true,
    prefill: false,
  })
  name?: string;

  @UrlField({
    description: 'URL of the picture; null removes it.',
    optional: true,
    nullable: true,
    example: 'https://acme.example/sarah.png',
    prefill: false,
  })
  avatar_url?: string | null;

  @EnumField(['online', 'busy', 'offline'], { description: 'Availability for new work.', optional: true })
  availability?: UserView['availability'];

  @BooleanField({
    description: 'If true, the user appears as `offline` while they are away. Default: true.',
    optional: true,
  })
  auto_offline?: boolean;
}

/** Changes to a member. Omitted fields keep their value. */
export class UpdateUserDto extends UpdateMeDto {
  @StringField({
    description: '`owner`, `admin`, `agent`, or the ID of a custom role.',
    optional: true,
    min: 1,
    max: 60,
    example: 'owner',
  })
  role?: string;
}

export function toUpdateMemberInput({
  name,
  avatar_url: avatarUrl,
  availability,
  auto_offline: autoOffline,
}: UpdateMeDto): Omit<UpdateMemberInput, 'role'> {
  return { name, avatarUrl, availability, autoOffline };
}

export class DeactivateUserDto {
  @UuidField({
    description:
      'ID of the user to whom open, pending and snoozed conversations are reassigned. Default: they are unassigned.',
    optional: true,
  })
  reassign_to?: string;
}
