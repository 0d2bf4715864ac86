import { EnumField, IntegerField, NestedListField, StringField } from '@parley/kernel/http';
import { scopeGroups } from '@parley/kernel/auth';

/** A group of scopes. */
export class ScopeGroupDto {
  @StringField({
    description: 'Name of the group: its scopes are `<name>:read` and `<name>:write`.',
    example: 'contacts',
  })
  name: string;

  @StringField({ description: 'Resources of the group.', example: 'Contacts, companies and segments' })
  description: string;

  @EnumField(['read', 'write'], {
    description: 'Access of the built-in role `agent`, or null if it has none.',
    nullable: true,
  })
  agent: 'read' | 'write' | null;

  @StringField({
    description:
      'Group whose scopes are required in addition, or null: `<name>:write` is only effective with ' +
      '`<requires>:write`, and `<name>:read` with `<requires>:read`.',
    nullable: true,
    example: 'contacts',
  })
  requires: string | null;
}

/** All scope groups. */
export class ScopeGroupsDto {
  @NestedListField(() => ScopeGroupDto, { description: 'All scope groups, sorted by `name`.' })
  data: ScopeGroupDto[];

  @IntegerField({ description: 'Number of scope groups.', example: 12 })
  total: number;
}

/** Maps the declared scope groups to the wire. */
export function toScopeGroupsDto(): ScopeGroupsDto {
  const data = scopeGroups().map(({ name, description, agent = null, requires = null }) => ({
    name,
    description,
    agent,
    requires,
  }));
  return { data, total: data.length };
}
