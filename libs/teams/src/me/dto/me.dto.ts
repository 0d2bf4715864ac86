import { PLANS, type Principal } from '@parley/kernel';
import {
  EnumField,
  EmailField,
  BooleanField,
  UuidField,
  NestedField,
  NestedListField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import type { WorkspaceView } from '../../workspaces/workspaces.service.js';
import type { UserView } from '../../users/user.view.js';
import { toUserDto, UserGroupDto } from '../../users/dto/user.dto.js';

/** Workspace of the credential. */
export class MyWorkspaceDto {
  @UuidField({ description: 'ID of the workspace.' })
  id: string;

  @StringField({ description: 'Name of the workspace.', example: 'Acme Support' })
  name: string;

  @EnumField(PLANS, { description: 'Plan of the workspace. It determines the rate limit.', example: 'unlimited' })
  plan: string;

  @StringField({
    description: 'Default IANA time zone of reports and schedules.',
    example: 'Europe/Berlin',
  })
  timezone: string;

  @StringField({
    description: 'Default language, as a BCP 47 language tag.',
    example: 'en',
  })
  locale: string;

  @BooleanField({ description: 'True for the sandbox, in which test keys work.', example: false })
  sandbox: boolean;
}

/** Caller of the request: a user, or a service key of the workspace. */
export class MeDto {
  @EnumField(['user', 'service_key'], {
    description:
      'Kind of the caller. For a service key, which belongs to the workspace, the fields of the user are null.',
    example: 'user',
  })
  type: 'user' | 'service_key';

  @UuidField({ description: 'ID of the user.', nullable: true })
  id: string | null;

  @EmailField({ description: 'E-mail address for mails and sign-in.', nullable: true })
  email: string | null;

  @StringField({ description: 'Full name of the user.', example: 'Sarah Chen', nullable: true })
  name: string | null;

  @StringField({
    description:
      'Role of the credential: `owner`, `admin`, `agent`, the ID of a custom role, or `service` for a service key.',
    example: 'owner',
  })
  role: string;

  @StringField({ description: 'Name of the role. For a built-in role, the same as `role`.', example: 'owner' })
  role_name: string;

  @EnumField(['active', 'invited', 'inactive'], { description: 'Status of the membership.', nullable: true })
  status: UserView['status'] | null;

  @EnumField(['online', 'busy', 'offline'], {
    description: 'Effective availability for new work, as in `GET /v1/users`.',
    nullable: true,
  })
  availability: UserView['availability'] | null;

  @EnumField(['online', 'busy', 'offline'], { description: 'Availability set by the user.', nullable: true })
  availability_setting: UserView['availability'] | null;

  @BooleanField({ description: 'If true, the user appears as `offline` while they are away.', nullable: true })
  auto_offline: boolean | null;

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

  @BooleanField({
    description: 'True if the user has a second factor enabled; false for a service key.',
    example: false,
  })
  second_factor_enabled: boolean;

  @NestedField(() => MyWorkspaceDto, { description: 'Workspace of the credential.' })
  workspace: MyWorkspaceDto;

  @StringListField({ description: 'Scopes of the credential; `*` allows everything.', example: ['*'] })
  scopes: string[];

  @DateField({ description: 'Time at which the user became a member.', nullable: true })
  created_at: string | null;

  @DateField({ description: 'Time of the last change of the user.', nullable: true })
  updated_at: string | null;
}

/** Fields of the user for a service key. */
const NO_USER = {
  id: null,
  email: null,
  name: null,
  status: null,
  availability: null,
  availability_setting: null,
  auto_offline: null,
  avatar_url: null,
  teams: [],
  inboxes: [],
  created_at: null,
  updated_at: null,
} satisfies Partial<MeDto>;

export function toMeDto(
  principal: Principal,
  { id, name, plan, timezone, locale, isSandbox }: WorkspaceView,
  user: UserView | null,
  isSecondFactorEnabled: boolean,
): MeDto {
  return {
    ...(user ? toUserDto(user) : NO_USER),
    type: user ? 'user' : 'service_key',
    role: principal.role,
    role_name: user?.roleName ?? principal.role,
    second_factor_enabled: isSecondFactorEnabled,
    workspace: { id, name, plan, timezone, locale, sandbox: isSandbox },
    scopes: [...principal.scopes],
  };
}
