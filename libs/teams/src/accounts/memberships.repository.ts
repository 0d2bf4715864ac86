import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { UserView } from '../users/user.view.js';

/** Status and role of a locked member. */
export interface LockedMemberRow {
  readonly [column: string]: unknown;
  readonly status: UserView['status'];
  readonly role: string;
}

const ADD_MEMBERSHIP = statement(
  'teams.add-membership',
  'insert into teams.memberships (workspace_id, user_id, role) values ($1, $2, $3)',
);
const LOCK_OWNERS = statement(
  'teams.lock-owners',
  `select user_id as id from teams.memberships where workspace_id = $1 and role = 'owner' and status = 'active'
     order by user_id for update`,
);
const LOCK_MEMBER = statement(
  'teams.lock-member',
  'select status, role from teams.memberships where workspace_id = $1 and user_id = $2 for update',
);
const RENAME_INVITED = statement(
  'teams.rename-invited-user',
  'update teams.invitations set name = $3 where workspace_id = $1 and user_id = $2',
);
const TOUCH = statement(
  'teams.touch-membership',
  'update teams.memberships set updated_at = now() where workspace_id = $1 and user_id = $2',
);
const SET_STATUS = statement(
  'teams.set-member-status',
  'update teams.memberships set status = $3, updated_at = now() where workspace_id = $1 and user_id = $2',
);
const SET_ROLE = statement(
  'teams.set-member-role',
  'update teams.memberships set role = $3, updated_at = now() where workspace_id = $1 and user_id = $2',
);

/** Rows of `teams.memberships`. */
@Injectable()
export class MembershipsRepository {
  constructor(private readonly database: Database) {}

  async add(workspaceId: string, userId: string, role: string): Promise<void> {
    await this.database.execute(ADD_MEMBERSHIP, [workspaceId, userId, role]);
  }

  /** Returns the active owners, locked until the transaction ends. */
  async lockOwners(workspaceId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LOCK_OWNERS, [workspaceId])).map(({ id }) => id);
  }

  /** Returns the status and role of a member, locked until the transaction ends. */
  lock(workspaceId: string, userId: string): Promise<LockedMemberRow | null> {
    return this.database.row<LockedMemberRow>(LOCK_MEMBER, [workspaceId, userId]);
  }

  /** Sets the name of an invited user in this workspace. It becomes their name when they join, unless they have one. */
  async renameInvited(workspaceId: string, userId: string, name: string): Promise<void> {
    await this.database.execute(RENAME_INVITED, [workspaceId, userId, name]);
    await this.database.execute(TOUCH, [workspaceId, userId]);
  }

  async setStatus(workspaceId: string, userId: string, status: UserView['status']): Promise<void> {
    await this.database.execute(SET_STATUS, [workspaceId, userId, status]);
  }

  async setRole(workspaceId: string, userId: string, role: string): Promise<void> {
    await this.database.execute(SET_ROLE, [workspaceId, userId, role]);
  }
}
