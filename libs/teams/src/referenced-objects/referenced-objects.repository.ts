import { Injectable } from '@nestjs/common';
import { Database, statement, type Statement } from '@parley/kernel/database';
import { isHiddenInboxSql } from '../inboxes/inbox-access-sql.js';

/** IDs that an input refers to. Null and undefined refer to nothing. */
export interface ObjectReferences {
  readonly userId?: string | null;
  readonly teamId?: string | null;
  readonly inboxId?: string | null;
  /** Inbox whose conversations the user must be able to see. */
  readonly accessInboxId?: string | null;
}

/** Those of the referenced objects that exist. Fields are null for objects that do not exist. */
export interface ReferencedObjectsRow {
  /** ID of the user, if it is an active member. */
  readonly userId: string | null;
  readonly userName: string | null;
  /** True if the user cannot see the conversations of the inbox in `accessInboxId`. */
  readonly isInboxHidden: boolean;
  readonly teamId: string | null;
  readonly inboxId: string | null;
  readonly inboxChannel: string | null;
  /** Team of the inbox. */
  readonly inboxTeamId: string | null;
}

// Each object has a subquery of its own, so that a waiting lock reads the state of that object again. Postgres does not
// see which IDs are null; otherwise it would plan the statement again for each combination.
const findSql = (lock: string): string =>
  `with input as materialized (
     select $2::uuid as user_id, $3::uuid as team_id, $4::uuid as inbox_id, $5::uuid as access_inbox_id
   )
   select member.user_id as "userId", member.name as "userName", team.id as "teamId", inbox.id as "inboxId",
     inbox.channel as "inboxChannel", inbox_team.id as "inboxTeamId",
     exists (select 1 from teams.inboxes i left join teams.memberships m on m.workspace_id = i.workspace_id
         and m.user_id = input.user_id
       where i.workspace_id = $1 and i.id = input.access_inbox_id and input.user_id is not null
         and ${isHiddenInboxSql('input.user_id', `coalesce(m.role, '')`)}) as "isInboxHidden"
   from input
     left join lateral (select m.user_id, (select u.name from teams.users u where u.id = m.user_id) as name
       from teams.memberships m
       where m.workspace_id = $1 and m.user_id = input.user_id and m.status = 'active' ${lock}) member on true
     left join lateral (select t.id from teams.teams t
       where t.workspace_id = $1 and t.id = input.team_id ${lock}) team on true
     left join lateral (select i.id, i.channel, i.team_id from teams.inboxes i
       where i.workspace_id = $1 and i.id = input.inbox_id ${lock}) inbox on true
     left join lateral (select t.id from teams.teams t where t.id = inbox.team_id ${lock}) inbox_team on true`;
const FIND = statement('teams.find-referenced-objects', findSql(''));
const LOCK = statement('teams.lock-referenced-objects', findSql('for key share'));
const FILTER_ACTIVE_USERS = statement(
  'teams.find-active-members',
  `select m.user_id as id from teams.memberships m where m.workspace_id = $1 and m.user_id = any($2)
     and m.status = 'active'`,
);

/** Reads users, teams and inboxes that inputs refer to. */
@Injectable()
export class ReferencedObjectsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Finds the referenced objects in one statement. In a unit of work, none of them, and not the team of the inbox, can
   * be deactivated or deleted until it ends, so that the deactivation or deletion finds what the unit of work refers to
   * them.
   */
  async find(
    workspaceId: string,
    { userId = null, teamId = null, inboxId = null, accessInboxId = null }: ObjectReferences,
  ): Promise<ReferencedObjectsRow> {
    const query: Statement = this.database.isInUnitOfWork ? LOCK : FIND;
    const values = [workspaceId, userId, teamId, inboxId, accessInboxId];
    return (await this.database.row<ReferencedObjectsRow & Record<string, unknown>>(query, values))!;
  }

  /** Returns the IDs that belong to active users. */
  async filterActiveUsers(workspaceId: string, userIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.rows<{ id: string }>(FILTER_ACTIVE_USERS, [workspaceId, userIds]);
    return new Set(rows.map(({ id }) => id));
  }
}
