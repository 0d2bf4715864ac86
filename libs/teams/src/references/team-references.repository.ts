import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import {
  ReferenceSource,
  ResolveReferences,
  type ReferenceTarget,
  type ReferringObject,
  type TargetState,
} from '@parley/kernel/references';
import { INBOX, ROLE, TEAM, USER } from '../teams.references.js';

const RESOLVE = statement(
  'teams.resolve-references',
  `select '${USER}' as type, m.user_id as id, m.status = 'active' as active from teams.memberships m
    where m.workspace_id = $1 and m.user_id = any($2::uuid[])
   union all select '${TEAM}', t.id, true from teams.teams t where t.workspace_id = $1 and t.id = any($3::uuid[])
   union all select '${INBOX}', i.id, true from teams.inboxes i where i.workspace_id = $1 and i.id = any($4::uuid[])
   union all select '${ROLE}', r.id, true from teams.roles r where r.workspace_id = $1 and r.id = any($5::uuid[])`,
);

/** Each statement returns the fields with the reference as `fields`. */
const FIND_TEAMS = statement(
  'teams.find-teams-with-reference',
  `select t.id, t.name, array['members'] as fields
   from teams.team_members m join teams.teams t on t.id = m.team_id
   where m.workspace_id = $1 and m.user_id = $2 order by t.name, t.id limit 1000`,
);
const FIND_INBOXES = statement(
  'teams.find-inboxes-with-reference',
  `select i.id, i.name, array_remove(array[case when i.team_id = $2 then 'teamId' end,
      case when m.user_id is not null then 'members' end], null) as fields
   from teams.inboxes i left join teams.inbox_members m on m.inbox_id = i.id and m.user_id = $2
   where i.workspace_id = $1 and (i.team_id = $2 or m.user_id is not null) order by i.name, i.id limit 1000`,
);
const FIND_INVITATIONS = statement(
  'teams.find-invitations-with-reference',
  `select i.user_id as id, i.email as name, array_remove(array[case when $2 = any(i.team_ids) then 'teamIds' end,
      case when $2 = any(i.inbox_ids) then 'inboxIds' end], null) as fields
   from teams.invitations i
   where i.workspace_id = $1 and ($2 = any(i.team_ids) or $2 = any(i.inbox_ids)) order by i.email limit 1000`,
);
const FIND_USERS = statement(
  'teams.find-users-with-reference',
  `select u.id, u.name, array['role'] as fields from teams.memberships m join teams.users u on u.id = m.user_id
   where m.workspace_id = $1 and m.role_id = $2 order by u.name, u.id limit 1000`,
);
const FIND_OIDC_PROVIDERS = statement(
  'teams.find-oidc-providers-with-reference',
  `select p.id, p.name, array['defaultRole'] as fields from teams.oidc_providers p
   where p.workspace_id = $1 and p.default_role_id = $2 order by p.name, p.id limit 1000`,
);

interface ReferringRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly fields: readonly string[];
}

/** References to users, teams, inboxes and roles in the settings of this domain. */
@Injectable()
export class TeamReferencesRepository {
  constructor(private readonly database: Database) {}

  @ResolveReferences([USER, TEAM, INBOX, ROLE])
  resolve(workspaceId: string, ids: Readonly<Record<string, readonly string[]>>): Promise<TargetState[]> {
    const parameters = [USER, TEAM, INBOX, ROLE].map((type) => ids[type]);
    return this.database.rows<TargetState & Record<string, unknown>>(RESOLVE, [workspaceId, ...parameters]);
  }

  @ReferenceSource({
    type: TEAM,
    scope: 'teams:read',
    targets: [USER],
    columns: ['teams.team_members.user_id'],
  })
  findTeams(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    return this.find(FIND_TEAMS, workspaceId, target);
  }

  @ReferenceSource({
    type: INBOX,
    scope: 'teams:read',
    targets: [USER, TEAM],
    columns: ['teams.inboxes.team_id', 'teams.inbox_members.user_id'],
  })
  findInboxes(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    return this.find(FIND_INBOXES, workspaceId, target);
  }

  @ReferenceSource({
    type: 'invitation',
    scope: 'users:read',
    targets: [TEAM, INBOX],
    columns: ['teams.invitations.team_ids', 'teams.invitations.inbox_ids'],
  })
  findInvitations(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    return this.find(FIND_INVITATIONS, workspaceId, target);
  }

  @ReferenceSource({
    type: USER,
    scope: 'users:read',
    targets: [ROLE],
    columns: ['teams.memberships.role_id'],
  })
  findUsers(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    return this.find(FIND_USERS, workspaceId, target);
  }

  @ReferenceSource({
    type: 'oidc_provider',
    scope: 'settings:read',
    targets: [ROLE],
    columns: ['teams.oidc_providers.default_role_id'],
  })
  findOidcProviders(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    return this.find(FIND_OIDC_PROVIDERS, workspaceId, target);
  }

  private async find(
    query: typeof FIND_TEAMS,
    workspaceId: string,
    { id }: ReferenceTarget,
  ): Promise<ReferringObject[]> {
    const rows = await this.database.rows<ReferringRow>(query, [workspaceId, id]);
    return rows.map(({ id: referringId, name, fields }) => ({
      id: referringId,
      name,
      paths: fields.map((field) => [field]),
    }));
  }
}
