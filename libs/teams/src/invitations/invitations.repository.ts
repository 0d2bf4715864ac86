import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { InvitationRecipient } from './invitation-mail.js';

/** Where whoever joins is put. */
export interface InvitedGroups {
  readonly teamIds: readonly string[];
  readonly inboxIds: readonly string[];
}

/** What an invitation says from the first. */
export interface NewInvitationRow extends InvitedGroups {
  readonly inviterId: string | null;
  /** What the workspace calls them until they join. */
  readonly name: string;
  /** As whoever invites has written it. */
  readonly email: string;
}

/** An invitation, found by its token. */
export interface PendingInvitationRow {
  readonly [column: string]: unknown;
  readonly workspace_id: string;
  readonly workspace_name: string;
  /** Whether members of this role may sign in to the workspace with a password. */
  readonly by_password: boolean;
  readonly user_id: string;
  readonly email: string;
  /** What the workspace calls them. */
  readonly name: string;
  readonly password_hash: string | null;
  /** Whether they can sign in to another workspace. */
  readonly elsewhere: boolean;
  readonly expires_at: string;
}

const FIND_OR_ADD_USER = statement('teams.person-of', 'select teams.person_of($1, $2, $3) as id');
const ADD_MEMBERSHIP = statement(
  'teams.add-invited-membership',
  `insert into teams.memberships (workspace_id, user_id, role, status) values ($1, $2, $3, 'invited') on conflict do nothing`,
);
const ADD = statement(
  'teams.add-invitation',
  'insert into teams.invitations (workspace_id, user_id, team_ids, inbox_ids, inviter_id, token_hash, expires_at, name, email) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
);
const REISSUE = statement(
  'teams.reissue-invitation',
  'update teams.invitations set token_hash = $3, expires_at = $4, issue = issue + 1 where workspace_id = $1 and user_id = $2 returning issue',
);
const SET_TOKEN = statement(
  'teams.arm-invitation',
  `update teams.invitations i set token_hash = $4 from teams.users u, teams.workspaces w
   where i.workspace_id = $1 and i.user_id = $2 and i.issue = $3 and i.expires_at > $5 and u.id = i.user_id and w.id = i.workspace_id
   returning u.email, i.name, w.name as "workspaceName", (select by.name from teams.users by where by.id = i.inviter_id) as "inviterName"`,
);
const FIND_BY_TOKEN = statement(
  'teams.find-invitation-by-token',
  `select i.workspace_id, w.name as workspace_name, m.role = 'owner' or coalesce((w.settings->>'password_sign_in')::boolean, true) as by_password,
     i.user_id, u.email, i.name, u.password_hash, i.expires_at,
     exists (select 1 from teams.memberships o where o.user_id = i.user_id and o.workspace_id <> i.workspace_id and o.status = 'active') as elsewhere
   from teams.invitations i join teams.memberships m on m.workspace_id = i.workspace_id and m.user_id = i.user_id
   join teams.workspaces w on w.id = i.workspace_id join teams.users u on u.id = i.user_id where i.token_hash = $1 and i.expires_at > $2`,
);
const LOCK_BY_TOKEN = statement(
  'teams.lock-invitation-by-token',
  'select user_id from teams.invitations where token_hash = $1 and expires_at > $2 for update',
);
const DELETE_AND_RETURN_GROUPS = statement(
  'teams.take-invitation',
  'delete from teams.invitations where workspace_id = $1 and user_id = $2 returning team_ids as "teamIds", inbox_ids as "inboxIds"',
);
const ACTIVATE = statement(
  'teams.activate-invited',
  `update teams.memberships set status = 'active', present = true, last_seen_at = now(), updated_at = now() where workspace_id = $1 and user_id = $2 and status = 'invited' returning role`,
);
const DELETE_MEMBERSHIP = statement(
  'teams.delete-invited-membership',
  `delete from teams.memberships where workspace_id = $1 and user_id = $2 and status = 'invited'`,
);
const DELETE_USER = statement(
  'teams.delete-unknown-person',
  'delete from teams.users where id = $2 and password_hash is null and not teams.belongs_elsewhere(id, $1)',
);

/** Rows of `teams.invitations`, and of the memberships that they are for. */
@Injectable()
export class InvitationsRepository {
  constructor(private readonly database: Database) {}

  /** The person with this e-mail, in whichever workspace, or a new one of this id and name. */
  async findOrAddUser(newUserId: string, email: string, name: string): Promise<string> {
    return (await this.database.row<{ id: string }>(FIND_OR_ADD_USER, [newUserId, email, name]))!.id;
  }

  /** Makes the person an invited member; false when they are a member of any status. */
  async addMembership(workspaceId: string, userId: string, role: string): Promise<boolean> {
    return (await this.database.execute(ADD_MEMBERSHIP, [workspaceId, userId, role])) > 0;
  }

  /** The first issue of an invitation. */
  async add(
    workspaceId: string,
    userId: string,
    { teamIds, inboxIds, inviterId, name, email }: NewInvitationRow,
    tokenHash: string | null,
    expiresAt: Date,
  ): Promise<void> {
    await this.database.execute(ADD, [
      workspaceId,
      userId,
      teamIds,
      inboxIds,
      inviterId,
      tokenHash,
      expiresAt,
      name,
      email,
    ]);
  }

  /** Puts another token in the place of the one before, and gives the number of the issue; null when there is no invitation. */
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

  /** Gives an issue the token that it is mailed with; null when there is no such issue any more. */
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

  /** The invitation that a token stands for at present. Whoever holds it has no workspace yet. */
  findByToken(tokenHash: string, now: Date): Promise<PendingInvitationRow | null> {
    return this.database.row<PendingInvitationRow>(FIND_BY_TOKEN, [tokenHash, now]);
  }

  /** Whether the token still stands for one, which is locked until the transaction ends. */
  async lockByToken(tokenHash: string, now: Date): Promise<boolean> {
    return (await this.database.row(LOCK_BY_TOKEN, [tokenHash, now])) !== null;
  }

  /** Uses an invitation up, and gives where it leads; null when there is none. */
  deleteAndReturnGroups(workspaceId: string, userId: string): Promise<InvitedGroups | null> {
    return this.database.row<InvitedGroups & Record<string, unknown>>(DELETE_AND_RETURN_GROUPS, [workspaceId, userId]);
  }

  /** Makes an invited member an active one, and gives their role; null when they were not invited. */
  async activate(workspaceId: string, userId: string): Promise<string | null> {
    return (await this.database.row<{ role: string }>(ACTIVATE, [workspaceId, userId]))?.role ?? null;
  }

  /** Takes an invited member out, and forgets a person who never was anywhere; whose row must be locked, so that whoever invites them elsewhere is seen or finds them gone. */
  async remove(workspaceId: string, userId: string): Promise<void> {
    await this.database.execute(DELETE_USER, [workspaceId, userId]);
    await this.database.execute(DELETE_MEMBERSHIP, [workspaceId, userId]);
  }
}
