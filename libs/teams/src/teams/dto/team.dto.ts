import type { Principal } from '@parley/kernel';
import {
  UuidField,
  UuidListField,
  parseUserIdFilter,
  IntegerField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { toTimeRange } from '@parley/kernel/pagination';
import { NamedListQueryDto } from '../../list-query.dto.js';
import type { TeamView } from '../team.view.js';
import type { TeamsFilter } from '../teams.repository.js';

/** A group of people that conversations can be assigned to. */
export class TeamDto {
  @UuidField({ description: 'Id of the team.' })
  id: string;

  @StringField({ description: 'Name, unique in the workspace regardless of case.', example: 'Billing' })
  name: string;

  @StringField({ description: 'What the team is for.', nullable: true, max: 1000, example: 'Invoices and refunds' })
  description: string | null;

  @IntegerField({ description: 'How many people are in it.', example: 5 })
  members_count: number;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A new team. */
export class CreateTeamDto {
  @StringField({
    description: 'Name, unique in the workspace regardless of case.',
    min: 1,
    max: 120,
    example: 'Billing',
  })
  name: string;

  @StringField({
    description: 'What the team is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;

  @UuidListField({ description: 'Users to put in it at once.', optional: true, example: [] })
  member_ids?: string[];
}

/** What to change about a team. */
export class UpdateTeamDto {
  @StringField({ description: 'New name.', optional: true, min: 1, max: 120, example: 'Billing and refunds' })
  name?: string;

  @StringField({
    description: 'What the team is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;
}

/** Whom to put in a team. */
export class AddTeamMemberDto {
  @UuidField({ description: 'An active user of the workspace.' })
  user_id: string;
}

/** Which teams to list. */
export class TeamListQueryDto extends NamedListQueryDto {
  @StringField({ description: 'Only teams whose name has this in it.', optional: true, max: 200, example: 'bill' })
  q?: string;

  @ListQueryField({ description: 'Only teams that one of these users is in: ids, or `me`.', example: 'me' })
  member?: string[];
}

/** The query in the domain's names. @throws DomainError BAD_REQUEST */
export function toTeamsFilter(query: TeamListQueryDto, { userId }: Principal): TeamsFilter {
  return { q: query.q, memberIds: parseUserIdFilter('member', query.member, userId), ...toTimeRange(query) };
}

/** Puts a team on the wire. */
export function toTeamDto(team: TeamView): TeamDto {
  return {
    id: team.id,
    name: team.name,
    description: team.description,
    members_count: team.membersCount,
    version: team.version,
    created_at: team.createdAt,
    updated_at: team.updatedAt,
  };
}
