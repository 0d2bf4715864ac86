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

/** A team or team inbox that a member is in. */
export class UserGroupDto {
  @UuidField({ description: 'Its id.' })
  id: string;

  @StringField({ description: 'Its name.', example: 'Billing' })
  name: string;
}

/** A member of the workspace. */
export class UserDto {
  @UuidField({ description: 'Id of the user; the same in every workspace they belong to.' })
  id: string;

  @StringField({ description: 'Full name; of who is invited, what whoever invited them said.', example: 'Sarah Chen' })
  name: string;

  @EmailField({ description: 'Where mail reaches them; also their login.' })
  email: string;

  @StringField({ description: '`owner`, `admin`, `agent`, or the id of a custom role.', example: 'agent' })
  role: string;

  @StringField({ description: 'What the role is called: the word itself for a built-in one.', example: 'agent' })
  role_name: string;

  @EnumField(['active', 'invited', 'inactive'], { description: 'Only active members can sign in and be assigned to.' })
  status: UserView['status'];

  @EnumField(['online', 'busy', 'offline'], {
    description:
      'Whether they take new work, as it shows: what they set, but `offline` while they are away. Who has made no call for two minutes and holds no stream of events open is away.',
  })
  availability: UserView['availability'];

  @EnumField(['online', 'busy', 'offline'], { description: 'What they set.' })
  availability_setting: UserView['availability'];

  @BooleanField({ description: 'Whether they show as `offline` while they are away.' })
  auto_offline: boolean;

  @StringField({ description: 'Where their picture is; null without one.', nullable: true, max: 2048, example: null })
  avatar_url: string | null;

  @NestedListField(() => UserGroupDto, { description: 'The teams that they are in, by name.' })
  teams: UserGroupDto[];

  @NestedListField(() => UserGroupDto, { description: 'The team inboxes that they are a member of, by name.' })
  inboxes: UserGroupDto[];

  @DateField({ description: 'When they became a member.' })
  created_at: string;

  @DateField({ description: 'When anything here changed last.' })
  updated_at: string;
}

/** Puts a member on the wire. */
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

/** Which members to list. */
export class UserListQueryDto extends NamedListQueryDto {
  @ListQueryField({
    description: 'Only these roles: `owner`, `admin`, `agent`, or ids of custom roles.',
    example: 'agent',
  })
  role?: string[];

  @ListQueryField({ description: 'Only these statuses.', values: ['active', 'invited', 'inactive'], example: 'active' })
  status?: string[];

  @ListQueryField({
    description: 'Only those who show this.',
    values: ['online', 'busy', 'offline'],
    example: 'online',
  })
  availability?: string[];

  @ListQueryField({
    description: 'Only members of one of these teams: ids, or `none` for who is in no team.',
    example: 'none',
  })
  team?: string[];

  @ListQueryField({
    description: 'Only members of one of these team inboxes: ids, or `none` for who is in none.',
    example: 'none',
  })
  inbox?: string[];

  @StringField({
    description: 'Only members whose name or e-mail has this in it.',
    optional: true,
    max: 200,
    example: 'sarah',
  })
  q?: string;
}

/** The query in the domain's names. @throws DomainError BAD_REQUEST */
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

/** What to change about oneself; what is left out stays. */
export class UpdateMeDto {
  @StringField({ description: 'Full name.', optional: true, min: 1, max: 120, example: 'Sarah Chen' })
  name?: string;

  @UrlField({
    description: 'Where the picture is; null for none.',
    optional: true,
    nullable: true,
    example: 'https://acme.example/sarah.png',
  })
  avatar_url?: string | null;

  @EnumField(['online', 'busy', 'offline'], { description: 'Whether they take new work.', optional: true })
  availability?: UserView['availability'];

  @BooleanField({ description: 'Whether they show as `offline` while they are away. True unless set.', optional: true })
  auto_offline?: boolean;
}

/** What to change about a member; what is left out stays. */
export class UpdateUserDto extends UpdateMeDto {
  @StringField({
    description: '`owner`, `admin`, `agent`, or the id of a custom role.',
    optional: true,
    min: 1,
    max: 60,
    example: 'owner',
  })
  role?: string;
}

/** What to change, as the body says it. */
export function toUpdateMemberInput({
  name,
  avatar_url: avatarUrl,
  availability,
  auto_offline: autoOffline,
}: UpdateMeDto): Omit<UpdateMemberInput, 'role'> {
  return { name, avatarUrl, availability, autoOffline };
}

/** What becomes of the work of a user who leaves. */
export class DeactivateUserDto {
  @UuidField({
    description: 'The user whom their open, pending and snoozed conversations go to; by default nobody.',
    optional: true,
  })
  hand_over_to?: string;
}
