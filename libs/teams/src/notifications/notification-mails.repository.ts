import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import { isHiddenInboxSql } from '../inboxes/inbox-access-sql.js';
import type { MailNotificationsPayload } from './notification-jobs.js';
import type { NotificationMailRecipient, NotificationMailItem } from './notification-mail.js';

const MAX_NOTIFICATIONS_PER_MAIL = 100;
/** Notifications that could not be mailed for this long are outdated. */
const IS_RECENT = `n.created_at > $1::timestamptz - interval '2 days'`;

const LIST_DUE = statement(
  'teams.list-members-with-due-mail',
  `select n.workspace_id as "workspaceId", n.user_id as "userId" from teams.notifications n
   join teams.memberships m on m.workspace_id = n.workspace_id and m.user_id = n.user_id and m.status = 'active'
   join teams.users u on u.id = n.user_id and u.copied_from is null
   left join teams.notification_preferences p on p.workspace_id = n.workspace_id and p.user_id = n.user_id
   where n.mail_due and n.mail_job is null and n.read_at is null and ${IS_RECENT}
     and not exists (select 1 from teams.inboxes i where i.id = n.inbox_id
       and ${isHiddenInboxSql('n.user_id', 'm.role')})
   group by n.workspace_id, n.user_id, p.email_digest
   having min(n.created_at) <= $1::timestamptz - case coalesce(p.email_digest, 'immediate')
     when 'immediate' then interval '20 seconds' when 'hourly' then interval '1 hour' when 'daily' then interval '1 day'
     end
   order by min(n.created_at) limit 500`,
);
const CLAIM = statement(
  'teams.claim-notifications-to-mail',
  `with claimed as (
     update teams.notifications set mail_job = $4 where id in (
       select n.id from teams.notifications n where n.workspace_id = $2 and n.user_id = $3 and n.mail_due
         and not exists (select 1 from teams.inboxes i join teams.memberships m on m.workspace_id = n.workspace_id
           and m.user_id = n.user_id where i.id = n.inbox_id and ${isHiddenInboxSql('n.user_id', 'm.role')})
         and n.read_at is null and (n.mail_job is null or n.mail_job = $4) and ${IS_RECENT}
       order by n.created_at, n.id limit ${MAX_NOTIFICATIONS_PER_MAIL} for update)
     returning id, title, body, conversation_id, created_at)
   select title, body, conversation_id as "conversationId" from claimed order by created_at, id`,
);
const MARK_MAILED = statement(
  'teams.mark-notifications-mailed',
  'update teams.notifications set mail_due = false where workspace_id = $1 and user_id = $2 and mail_job = $3',
);
const FIND_RECIPIENT = statement(
  'teams.find-mail-recipient',
  `select u.email, u.name, w.name as "workspaceName" from teams.memberships m join teams.users u on u.id = m.user_id
     join teams.workspaces w on w.id = m.workspace_id
   where m.workspace_id = $1 and m.user_id = $2 and m.status = 'active'`,
);

/** Rows of `teams.notifications` that are due to be mailed. */
@Injectable()
export class NotificationMailsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Lists members of all workspaces, except sandboxes, with a due mail according to their preferences, longest waiting
   * first.
   */
  listDue(now: Date): Promise<MailNotificationsPayload[]> {
    return this.database.rows<MailNotificationsPayload & Record<string, unknown>>(LIST_DUE, [now]);
  }

  /** Claims the unread notifications of a member for this job. Notifications claimed by another job stay with it. */
  claim(workspaceId: string, userId: string, jobId: string, now: Date): Promise<NotificationMailItem[]> {
    return this.database.rows<NotificationMailItem & Record<string, unknown>>(CLAIM, [now, workspaceId, userId, jobId]);
  }

  async markMailed(workspaceId: string, userId: string, jobId: string): Promise<void> {
    await this.database.execute(MARK_MAILED, [workspaceId, userId, jobId]);
  }

  /** Finds an active member's mail address and names; null if there is none. */
  findRecipient(workspaceId: string, userId: string): Promise<NotificationMailRecipient | null> {
    return this.database.row<NotificationMailRecipient & Record<string, unknown>>(FIND_RECIPIENT, [
      workspaceId,
      userId,
    ]);
  }
}
