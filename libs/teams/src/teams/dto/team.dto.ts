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

/** Team: a group of users that conversations can be assigned to. */
export class TeamDto {
  @UuidField({ description: 'ID of the team.' })
  id: string;

  @StringField({ description: 'Name, unique in the workspace; case-insensitive.', example: 'Billing' })
  name: string;

  @StringField({ description: 'Description of the team.', nullable: true, max: 1000, example: 'Invoices and refunds' })
  description: string | null;

  @IntegerField({ description: 'Number of members.', example: 5 })
  members_count: number;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each change.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}

export class CreateTeamDto {
  @StringField({
    description: 'Name, unique in the workspace; case-insensitive.',
    min: 1,
    max: 120,
    example: 'Billing',
    trim: true,
  })
  name: string;

  @StringField({
    description: 'Description of the team.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;

  @UuidListField({ description: 'IDs of the initial members.', optional: true, example: [] })
  member_ids?: string[];
}

export class UpdateTeamDto {
  @StringField({
    description: 'New name, unique in the workspace; case-insensitive.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Billing and refunds',
    trim: true,
  })
  name?: string;

  @StringField({
    description: 'Description of the team.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;
}

export class AddTeamMemberDto {
  @UuidField({ description: 'ID of an active user of the workspace.' })
  user_id: string;
}

export class TeamListQueryDto extends NamedListQueryDto {
  @StringField({ description: 'Only teams whose name contains this text.', optional: true, max: 200, example: 'bill' })
  q?: string;

  @ListQueryField({ description: 'Only teams that one of these users is a member of: IDs, or `me`.', example: 'me' })
  member?: string[];
}

/** @throws DomainError BAD_REQUEST for an invalid ID */
export function toTeamsFilter(query: TeamListQueryDto, { userId }: Principal): TeamsFilter {
  return { q: query.q, memberIds: parseUserIdFilter('member', query.member, userId), ...toTimeRange(query) };
}

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
