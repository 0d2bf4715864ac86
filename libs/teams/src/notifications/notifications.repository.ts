import { Injectable } from '@nestjs/common';
import { newId, type Actor } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { isHiddenInboxSql } from '../inboxes/inbox-access-sql.js';
import type { CreateNotificationInput, NotificationView } from './notification.view.js';

interface NotificationRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly conversation_id: string | null;
  readonly message_id: string | null;
  readonly actor: Actor;
  readonly actor_name: string | null;
  readonly read_at: string | null;
  readonly created_at: string;
}

/** Filter of a notification list. */
export interface NotificationsFilter extends TimeRange {
  readonly unread?: boolean;
  readonly kind?: readonly string[];
}

/** Maximum to which unread notifications are counted. */
export const MAX_COUNTED_UNREAD = 1_000;

const COLUMNS = `n.id, n.kind, n.title, n.body, n.conversation_id, n.message_id, n.actor,
  u.name as actor_name, n.read_at, n.created_at`;
const FROM = `teams.notifications n
  left join teams.users u on n.actor->>'kind' = 'user' and u.id = (n.actor->>'id')::uuid`;
/** Inbox of notifications that were created before their inboxes were stored. */
const UNKNOWN_INBOX = '00000000-0000-0000-0000-000000000000';

/** Inboxes that are hidden from the caller, including the unknown one if there are any. */
function hiddenInboxIds(): readonly string[] {
  const hidden = currentHiddenInboxIds();
  return hidden.length === 0 ? hidden : [...hidden, UNKNOWN_INBOX];
}

/** SQL: true unless the inbox of the conversation is hidden from the caller. */
function isVisibleSql(inbox: string, hidden: string): string {
  return `(${inbox} is null or ${inbox} <> all(${hidden}::uuid[]))`;
}

const IS_OWN = 'workspace_id = $1 and user_id = $2 and in_app';

const ADD = statement(
  'teams.add-notifications',
  `insert into teams.notifications (id, workspace_id, user_id, kind, event_id, conversation_id, message_id, actor,
     title, body, created_at, in_app, mail_due, inbox_id)
   select r.id, $1, r.user_id, r.kind, r.event_id, r.conversation_id, r.message_id, r.actor, r.title, r.body,
     r.created_at, c.in_app, c.email, r.inbox_id
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::boolean[], $6::boolean[], $7::uuid[], $8::uuid[], $9::uuid[],
     $10::jsonb[], $11::text[], $12::text[], $13::timestamptz[], $14::uuid[]) as r (id, user_id, kind, in_app, email, event_id,
     conversation_id, message_id, actor, title, body, created_at, inbox_id)
   join teams.memberships m on m.workspace_id = $1 and m.user_id = r.user_id and m.status = 'active'
   left join teams.notification_preferences p on p.workspace_id = $1 and p.user_id = r.user_id
   cross join lateral (select coalesce((p.kinds->r.kind->>'inApp')::boolean, r.in_app) as in_app,
     coalesce((p.kinds->r.kind->>'email')::boolean, r.email)
       and coalesce(p.email_digest, 'immediate') <> 'off' as email) c
   where (c.in_app or c.email) and not exists (select 1 from teams.inboxes i
     where i.id = r.inbox_id and ${isHiddenInboxSql('r.user_id', 'm.role')})
   on conflict do nothing`,
);
const FIND = statement(
  'teams.find-notification',
  `select ${COLUMNS} from ${FROM} where n.workspace_id = $1 and n.user_id = $2 and n.in_app and n.id = $3
     and ${isVisibleSql('n.inbox_id', '$4')}`,
);
const MARK_READ = statement(
  'teams.mark-notification-read',
  `update teams.notifications set read_at = coalesce(read_at, $4), mail_due = false where ${IS_OWN} and id = $3
     and ${isVisibleSql('inbox_id', '$5')}`,
);
const MARK_UNREAD = statement(
  'teams.mark-notification-unread',
  `update teams.notifications set read_at = null, mail_due = false where ${IS_OWN} and id = $3
     and ${isVisibleSql('inbox_id', '$4')}`,
);
const MARK_ALL_READ = statement(
  'teams.mark-all-notifications-read',
  `update teams.notifications set read_at = $3, mail_due = false where ${IS_OWN} and read_at is null`,
);
const MARK_CONVERSATION_READ = statement(
  'teams.mark-conversation-notifications-read',
  `update teams.notifications set read_at = now(), mail_due = false
     where workspace_id = $1 and user_id = $2 and conversation_id = $3 and created_at <= $4 and read_at is null`,
);
const DELETE = statement(
  'teams.delete-notification',
  `delete from teams.notifications where ${IS_OWN} and id = $3 and ${isVisibleSql('inbox_id', '$4')}`,
);
const MOVE_CONVERSATION = statement(
  'teams.move-notifications-of-conversation',
  'update teams.notifications set inbox_id = $3 where workspace_id = $1 and conversation_id = $2',
);
const DELETE_FOR_MESSAGE = statement(
  'teams.delete-message-notifications',
  'delete from teams.notifications where workspace_id = $1 and message_id = $2',
);
const COUNT_UNREAD = statement(
  'teams.count-unread-notifications',
  `select count(*) as count from (select 1 from teams.notifications where ${IS_OWN} and read_at is null
     and ${isVisibleSql('inbox_id', '$3')} limit ${MAX_COUNTED_UNREAD}) counted`,
);
const PRUNE = statement('teams.prune-notifications', 'delete from teams.notifications where created_at < $1');

function toView(row: NotificationRow): NotificationView {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    body: row.body,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    actor: row.actor,
    actorName: row.actor_name,
    readAt: row.read_at,
    createdAt: row.created_at,
  };
}

/** Rows of `teams.notifications`. Notifications that are only mailed do not appear in lists. */
@Injectable()
export class NotificationsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /**
   * Adds a notification for each recipient who is an active member, according to their preferences. A recipient gets at
   * most one notification per event.
   */
  async add(workspaceId: string, inputs: readonly CreateNotificationInput[]): Promise<void> {
    const rows = inputs.flatMap(({ recipients, ...input }) => recipients.map((recipient) => ({ ...recipient, input })));
    await this.database.execute(ADD, [
      workspaceId,
      rows.map(() => newId()),
      rows.map(({ userId }) => userId),
      rows.map(({ kind }) => kind.name),
      rows.map(({ kind }) => kind.defaultChannels.inApp),
      rows.map(({ kind }) => kind.defaultChannels.email),
      rows.map(({ input }) => input.eventId),
      rows.map(({ input }) => input.conversationId),
      rows.map(({ input }) => input.messageId),
      rows.map(({ input }) => JSON.stringify(input.actor)),
      rows.map(({ input }) => input.title),
      rows.map(({ input }) => input.body),
      rows.map(({ input }) => input.occurredAt),
      rows.map(({ input }) => input.inboxId),
    ]);
  }

  async find(workspaceId: string, userId: string, id: string): Promise<NotificationView | null> {
    const row = await this.database.row<NotificationRow>(FIND, [workspaceId, userId, id, hiddenInboxIds()]);
    return row && toView(row);
  }

  async markRead(workspaceId: string, userId: string, id: string, now: Date): Promise<void> {
    await this.database.execute(MARK_READ, [workspaceId, userId, id, now, hiddenInboxIds()]);
  }

  /** Also cancels the mail: a member who marks a notification as unread has seen it. */
  async markUnread(workspaceId: string, userId: string, id: string): Promise<void> {
    await this.database.execute(MARK_UNREAD, [workspaceId, userId, id, hiddenInboxIds()]);
  }

  /** Returns the number of notifications that were unread. */
  markAllRead(workspaceId: string, userId: string, now: Date): Promise<number> {
    return this.database.execute(MARK_ALL_READ, [workspaceId, userId, now]);
  }

  /** Marks a user's notifications of a conversation as read, up to the given time. */
  async markConversationRead(workspaceId: string, userId: string, conversationId: string, upTo: string): Promise<void> {
    await this.database.execute(MARK_CONVERSATION_READ, [workspaceId, userId, conversationId, upTo]);
  }

  async delete(workspaceId: string, userId: string, id: string): Promise<boolean> {
    return (await this.database.execute(DELETE, [workspaceId, userId, id, hiddenInboxIds()])) > 0;
  }

  /** Stores the new inbox of a conversation in its notifications. */
  async moveConversation(workspaceId: string, conversationId: string, inboxId: string | null): Promise<void> {
    await this.database.execute(MOVE_CONVERSATION, [workspaceId, conversationId, inboxId]);
  }

  /** Deletes all notifications of a message. */
  async deleteForMessage(workspaceId: string, messageId: string): Promise<void> {
    await this.database.execute(DELETE_FOR_MESSAGE, [workspaceId, messageId]);
  }

  /** Counts up to {@link MAX_COUNTED_UNREAD}. */
  async countUnread(workspaceId: string, userId: string): Promise<number> {
    return (await this.database.row<{ count: number }>(COUNT_UNREAD, [workspaceId, userId, hiddenInboxIds()]))!.count;
  }

  async prune(before: Date): Promise<void> {
    await this.database.execute(PRUNE, [before]);
  }

  list(
    workspaceId: string,
    userId: string,
    { unread, kind, ...range }: NotificationsFilter,
    request: PageRequest,
  ): Promise<Page<NotificationView>> {
    const values: unknown[] = [workspaceId, userId];
    const where = [
      'n.workspace_id = $1',
      'n.user_id = $2',
      'n.in_app',
      ...timeConditions(range, { created: 'n.created_at' }, createBinder(values)),
    ];
    const hidden = hiddenInboxIds();
    if (hidden.length > 0) where.push(isVisibleSql('n.inbox_id', `$${values.push(hidden)}`));
    if (unread !== undefined) where.push(`n.read_at is ${unread ? 'null' : 'not null'}`);
    if (kind) where.push(`n.kind = any($${values.push(kind)})`);
    return this.lists.read<NotificationRow, NotificationView>(
      {
        domain: 'teams.list-notifications',
        select: COLUMNS,
        from: FROM,
        countFrom: 'teams.notifications n',
        where,
        values,
        request,
        order: [
          { sql: 'n.created_at', type: 'timestamptz' },
          { sql: 'n.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
