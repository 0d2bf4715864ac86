import { PLANS, type Principal } from '@parley/kernel';
import { EnumField, BooleanField, UuidField, NestedField, StringField, StringListField } from '@parley/kernel/http';
import type { WorkspaceView } from '../../workspaces/workspaces.service.js';
import type { UserView } from '../../users/user.view.js';
import { toUserDto, UserDto } from '../../users/dto/user.dto.js';

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
}

/** Principal of the request. */
export class MeDto {
  @NestedField(() => MyWorkspaceDto, { description: 'Workspace of the credential.' })
  workspace: MyWorkspaceDto;

  @NestedField(() => UserDto, {
    description: 'User of the credential; null for a service key.',
    nullable: true,
  })
  user: UserDto | null;

  @StringField({
    description:
      'Role of the credential: `owner`, `admin`, `agent`, the ID of a custom role, or `service` for a service key.',
    example: 'owner',
  })
  role: string;

  @StringField({ description: 'Name of the role. For a built-in role, the same as `role`.', example: 'owner' })
  role_name: string;

  @StringListField({ description: 'Scopes of the credential; `*` allows everything.', example: ['*'] })
  scopes: string[];

  @BooleanField({
    description: 'True if the user has a second factor enabled; false for a service key.',
    example: false,
  })
  second_factor_enabled: boolean;
}

export function toMeDto(
  principal: Principal,
  { id, name, plan, timezone, locale }: WorkspaceView,
  user: UserView | null,
  isSecondFactorEnabled: boolean,
): MeDto {
  return {
    workspace: { id, name, plan, timezone, locale },
    user: user && toUserDto(user),
    role: principal.role,
    role_name: user?.roleName ?? principal.role,
    scopes: [...principal.scopes],
    second_factor_enabled: isSecondFactorEnabled,
  };
}
