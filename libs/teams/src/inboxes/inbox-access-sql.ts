import { currentHiddenInboxIds } from '@parley/kernel/auth';
import type { Bind } from '@parley/kernel/database';

/** Users who can see the conversations of an inbox. */
export const INBOX_ACCESS = ['everyone', 'members'] as const;
export type InboxAccess = (typeof INBOX_ACCESS)[number];

/**
 * SQL: true if a member of the workspace cannot see the conversations of an inbox `i`. Owners, admins, members of the
 * inbox and members of its team can see those of a limited inbox.
 * @param user SQL of the user ID.
 * @param role SQL of the role in the workspace.
 */
export function isHiddenInboxSql(user: string, role: string): string {
  return `i.access = 'members' and ${role} not in ('owner', 'admin')
    and not exists (select 1 from teams.inbox_members im where im.inbox_id = i.id and im.user_id = ${user})
    and not exists (select 1 from teams.team_members tm where tm.team_id = i.team_id and tm.user_id = ${user})`;
}

/**
 * SQL of the inboxes whose conversations a member cannot see, as `uuid[]`; empty if the role is null.
 * @param workspace SQL of the workspace ID.
 * @param user SQL of the user ID.
 * @param role SQL of the role in the workspace.
 */
export function hiddenInboxesSql(workspace: string, user: string, role: string): string {
  return `array(select i.id from teams.inboxes i where i.workspace_id = ${workspace} and ${isHiddenInboxSql(user, role)})`;
}

/** SQL: true if the row of the alias is not in one of the hidden inboxes, which are a `uuid[]`. */
export function inboxAccessSql(alias: string, hidden: string): string {
  return `(${alias}.inbox_id is null or ${alias}.inbox_id <> all(${hidden}::uuid[]))`;
}

/** Conditions of a list for rows of the alias that the caller can see; none if no inbox is hidden. */
export function accessConditions(alias: string, bind: Bind): string[] {
  const hidden = currentHiddenInboxIds();
  return hidden.length === 0 ? [] : [inboxAccessSql(alias, bind(hidden))];
}
