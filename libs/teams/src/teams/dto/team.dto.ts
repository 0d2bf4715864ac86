import { Id, IdList, idsOrMe, Integer, QueryList, Text, Time, timeRangeOf, type Principal } from '@parley/kernel';
import { NamedListQueryDto } from '../../list-query.dto.js';
import type { TeamView } from '../team.view.js';
import type { TeamsFilter } from '../teams.repository.js';

/** A group of people that conversations can be assigned to. */
export class TeamDto {
  @Id({ description: 'Id of the team.' })
  id: string;

  @Text({ description: 'Name, unique in the workspace regardless of case.', example: 'Billing' })
  name: string;

  @Text({ description: 'What the team is for.', nullable: true, max: 1000, example: 'Invoices and refunds' })
  description: string | null;

  @Integer({ description: 'How many people are in it.', example: 5 })
  members_count: number;

  @Integer({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was made.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A new team. */
export class CreateTeamDto {
  @Text({ description: 'Name, unique in the workspace regardless of case.', min: 1, max: 120, example: 'Billing' })
  name: string;

  @Text({
    description: 'What the team is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;

  @IdList({ description: 'Users to put in it at once.', optional: true, example: [] })
  member_ids?: string[];
}

/** What to change about a team. */
export class UpdateTeamDto {
  @Text({ description: 'New name.', optional: true, min: 1, max: 120, example: 'Billing and refunds' })
  name?: string;

  @Text({
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
  @Id({ description: 'An active user of the workspace.' })
  user_id: string;
}

/** Which teams to list. */
export class TeamListQueryDto extends NamedListQueryDto {
  @Text({ description: 'Only teams whose name has this in it.', optional: true, max: 200, example: 'bill' })
  q?: string;

  @QueryList({ description: 'Only teams that one of these users is in: ids, or `me`.', example: 'me' })
  member?: string[];
}

/** The query in the domain's names. @throws DomainError BAD_REQUEST */
export function toTeamsFilter(query: TeamListQueryDto, { userId }: Principal): TeamsFilter {
  return { q: query.q, memberIds: idsOrMe('member', query.member, userId), ...timeRangeOf(query) };
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
