import { PLANS, type Principal } from '@parley/kernel';
import { EnumField, BooleanField, UuidField, NestedField, StringField, StringListField } from '@parley/kernel/http';
import type { WorkspaceView } from '../../workspaces/workspaces.service.js';
import type { UserView } from '../user.view.js';
import { toUserDto, UserDto } from './user.dto.js';

/** The workspace that the credential belongs to. */
export class MyWorkspaceDto {
  @UuidField({ description: 'Id of the workspace.' })
  id: string;

  @StringField({ description: 'Its name.', example: 'Acme Support' })
  name: string;

  @EnumField(PLANS, { description: 'Decides its requests a minute.', example: 'unlimited' })
  plan: string;

  @StringField({
    description: 'IANA time zone that reports and schedules use unless they say otherwise.',
    example: 'Europe/Berlin',
  })
  timezone: string;

  @StringField({
    description: 'BCP 47 language tag of what is written without another language being known.',
    example: 'en',
  })
  locale: string;
}

/** Whoever asks. */
export class MeDto {
  @NestedField(() => MyWorkspaceDto, { description: 'The workspace that the credential belongs to.' })
  workspace: MyWorkspaceDto;

  @NestedField(() => UserDto, {
    description: 'The user behind the credential; null for a service key.',
    nullable: true,
  })
  user: UserDto | null;

  @StringField({
    description:
      'Role behind the credential: `owner`, `admin`, `agent`, the id of a custom role, or `service` for a service key.',
    example: 'owner',
  })
  role: string;

  @StringField({ description: 'What the role is called: the word itself unless it is a custom one.', example: 'owner' })
  role_name: string;

  @StringListField({ description: 'What the credential allows; `*` is everything.', example: ['*'] })
  scopes: string[];

  @BooleanField({
    description: 'Whether the user signs in with a second factor; false for a service key.',
    example: false,
  })
  second_factor_enabled: boolean;
}

/** Puts it on the wire. */
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
