import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { InvitationRecipient } from './invitation-mail.js';
import { InvitationEntity } from './invitation.entity.js';

/** Teams and inboxes that a user is added to when they join. */
export interface InvitedGroups {
  readonly teamIds: readonly string[];
  readonly inboxIds: readonly string[];
}

/** New invitation. */
export interface NewInvitationRow extends InvitedGroups {
  readonly inviterId: string | null;
  /** Name of the user until they join. */
  readonly name: string;
  /** E-mail as given by the inviting user. */
  readonly email: string;
}

/** Invitation found by its token. */
export interface PendingInvitationRow {
  readonly [column: string]: unknown;
  readonly workspace_id: string;
  readonly workspace_name: string;
  /** BCP 47 language tag of the workspace. */
  readonly locale: string;
  /** Name of the inviting user, if there is one. */
  readonly inviter_name: string | null;
  /** True if members with this role can sign in to the workspace with a password. */
  readonly by_password: boolean;
  readonly invited_user_id: string;
  /**
   * ID of the account that joins: that of the invited user, or the one that holds their address by now and has a
   * password.
   */
  readonly user_id: string;
  readonly email: string;
  /** Name of the user in the invitation. */
  readonly name: string;
  readonly password_hash: string | null;
  /** True if the account belongs to the workspace only. */
  readonly is_local: boolean;
  /** True if the link was mailed, which proves the address. */
  readonly mailed: boolean;
  readonly expires_at: string;
}

const FIND_OR_ADD_USER = statement('teams.find-or-add-user', 'select teams.find_or_create_user($1, $2, $3, $4) as id');
const ADD_MEMBERSHIP = statement(
  'teams.add-invited-membership',
  `insert into teams.memberships (workspace_id, user_id, role, status) values ($1, $2, $3, 'invited')
     on conflict do nothing`,
);
const REISSUE = statement(
  'teams.reissue-invitation',
  `update teams.invitations set token_hash = $3, expires_at = $4, issue = issue + 1, mailed = false
     where workspace_id = $1 and user_id = $2 returning issue`,
);
const SET_TOKEN = statement(
  'teams.set-invitation-token',
  `update teams.invitations i set token_hash = $4, mailed = true from teams.users u, teams.workspaces w
   where i.workspace_id = $1 and i.user_id = $2 and i.issue = $3 and i.expires_at > $5 and u.id = i.user_id
     and w.id = i.workspace_id
   returning u.email, i.name, w.name as "workspaceName",
     (select by.name from teams.users by where by.id = i.inviter_id) as "inviterName"`,
);
const FIND_BY_TOKEN = statement(
  'teams.find-invitation-by-token',
  `select i.workspace_id, w.name as workspace_name, w.locale,
     (select b.name from teams.users b where b.id = i.inviter_id) as inviter_name,
     m.role = 'owner' or coalesce((w.settings->>'password_sign_in')::boolean, true) as by_password,
     i.user_id as invited_user_id, a.id as user_id, a.email, i.name, a.password_hash,
     a.home_workspace_id is not null as is_local, i.mailed, i.expires_at
   from teams.invitations i join teams.memberships m on m.workspace_id = i.workspace_id and m.user_id = i.user_id
   join teams.workspaces w on w.id = i.workspace_id join teams.users u on u.id = i.user_id
   join lateral (select o.* from teams.users o where o.id = u.id or (lower(o.email) = lower(u.email)
     and o.home_workspace_id is null and o.password_hash is not null and not exists (select 1 from teams.memberships n
       where n.workspace_id = i.workspace_id and n.user_id = o.id))
     order by o.home_workspace_id is not null limit 1) a on true
     where i.token_hash = $1 and i.expires_at > $2`,
);
const LOCK_BY_TOKEN = statement(
  'teams.lock-invitation-by-token',
  'select user_id from teams.invitations where token_hash = $1 and expires_at > $2 for update',
);
const DELETE_AND_RETURN_GROUPS = statement(
  'teams.delete-invitation',
  `delete from teams.invitations where workspace_id = $1 and user_id = $2
     returning team_ids as "teamIds", inbox_ids as "inboxIds"`,
);
const ACTIVATE = statement(
  'teams.activate-invited-member',
  `update teams.memberships set status = 'active', present = true, last_seen_at = now(), updated_at = now()
     where workspace_id = $1 and user_id = $2 and status = 'invited' returning role`,
);
const DELETE_MEMBERSHIP = statement(
  'teams.delete-invited-membership',
  `delete from teams.memberships where workspace_id = $1 and user_id = $2 and status = 'invited'`,
);
const DELETE_USER = statement(
  'teams.delete-unused-user',
  'delete from teams.users where id = $2 and password_hash is null and home_workspace_id = $1',
);
const LIST_WORKSPACES = statement(
  'teams.list-inviting-workspaces',
  `select workspace_id as id from teams.memberships where user_id = $1 and status = 'invited'`,
);
const COPY_MEMBERSHIP = statement(
  'teams.copy-invited-membership',
  `insert into teams.memberships (workspace_id, user_id, role, status, created_at)
     select workspace_id, $3, role, status, created_at from teams.memberships
       where workspace_id = $1 and user_id = $2 and status = 'invited'`,
);
const MOVE = statement(
  'teams.move-invitation',
  'update teams.invitations set user_id = $3 where workspace_id = $1 and user_id = $2',
);

/** Rows of `teams.invitations` and of the invited memberships. */
@Injectable()
export class InvitationsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns the user with this e-mail: that of the workspace, or the one whose account holds the address. Otherwise adds
   * one to the workspace with the given ID and name.
   */
  async findOrAddUser(workspaceId: string, newUserId: string, email: string, name: string): Promise<string> {
    return (await this.database.row<{ id: string }>(FIND_OR_ADD_USER, [newUserId, email, name, workspaceId]))!.id;
  }

  /** Adds an invited membership; false if the user is already a member, with any status. */
  async addMembership(workspaceId: string, userId: string, role: string): Promise<boolean> {
    return (await this.database.execute(ADD_MEMBERSHIP, [workspaceId, userId, role])) > 0;
  }

  /** Adds the first issue of an invitation. */
  async add(
    workspaceId: string,
    userId: string,
    { teamIds, inboxIds, inviterId, name, email }: NewInvitationRow,
    tokenHash: string | null,
    expiresAt: Date,
  ): Promise<void> {
    const token = { tokenHash, expiresAt: expiresAt.toISOString() };
    await this.database
      .repository(InvitationEntity)
      .insert({ workspaceId, userId, teamIds, inboxIds, inviterId, name, email, ...token });
  }

  /** Replaces the token and returns the number of the issue; null if there is no invitation. */
  async reissue(
    workspaceId: string,
    userId: string,
    tokenHash: string | null,
    expiresAt: Date,
  ): Promise<number | null> {
    return (
      (await this.database.row<{ issue: number }>(REISSUE, [workspaceId, userId, tokenHash, expiresAt]))?.issue ?? null
    );
  }

  /** Sets the token that an issue is mailed with; null if the issue no longer exists. */
  setToken(
    workspaceId: string,
    userId: string,
    issue: number,
    tokenHash: string,
    now: Date,
  ): Promise<InvitationRecipient | null> {
    return this.database.row<InvitationRecipient & Record<string, unknown>>(SET_TOKEN, [
      workspaceId,
      userId,
      issue,
      tokenHash,
      now,
    ]);
  }

  /** Finds the invitation of a valid token, in any workspace. */
  findByToken(tokenHash: string, now: Date): Promise<PendingInvitationRow | null> {
    return this.database.row<PendingInvitationRow>(FIND_BY_TOKEN, [tokenHash, now]);
  }

  /** Locks the invitation of a token until the transaction ends; false if the token is no longer valid. */
  async lockByToken(tokenHash: string, now: Date): Promise<boolean> {
    return (await this.database.row(LOCK_BY_TOKEN, [tokenHash, now])) !== null;
  }

  /** Deletes an invitation and returns its teams and inboxes; null if there is none. */
  deleteAndReturnGroups(workspaceId: string, userId: string): Promise<InvitedGroups | null> {
    return this.database.row<InvitedGroups & Record<string, unknown>>(DELETE_AND_RETURN_GROUPS, [workspaceId, userId]);
  }

  /** Activates an invited member and returns their role; null if they are not invited. */
  async activate(workspaceId: string, userId: string): Promise<string | null> {
    return (await this.database.row<{ role: string }>(ACTIVATE, [workspaceId, userId]))?.role ?? null;
  }

  /** Returns the workspaces that a user is invited to. */
  async listWorkspaceIds(userId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LIST_WORKSPACES, [userId])).map(({ id }) => id);
  }

  /** Moves an invitation to another user, and deletes the previous one as {@link remove} does. */
  async move(workspaceId: string, fromUserId: string, toUserId: string): Promise<void> {
    await this.database.execute(COPY_MEMBERSHIP, [workspaceId, fromUserId, toUserId]);
    await this.database.execute(MOVE, [workspaceId, fromUserId, toUserId]);
    await this.remove(workspaceId, fromUserId);
  }

  /** Removes an invited member, and deletes the user if their account belongs to the workspace and has no password. */
  async remove(workspaceId: string, userId: string): Promise<void> {
    await this.database.execute(DELETE_USER, [workspaceId, userId]);
    await this.database.execute(DELETE_MEMBERSHIP, [workspaceId, userId]);
  }
}
