import { Injectable } from '@nestjs/common';
import { type AccessStatement, limitToAccess } from '@parley/kernel/auth';
import { withSystemScope } from '@parley/kernel';
import { Database, statement } from '@parley/kernel/database';
import { inboxAccessSql } from '@parley/teams';
import { accessByConversationIdSql } from '../conversations/conversation-row.js';
import { MAX_COUNTED, type Reader, type UnreadCounts } from './read-state.view.js';

const FIND = {
  user: statement(
    'messaging.find-read-state',
    'select read_at from messaging.read_states where workspace_id = $1 and conversation_id = $2 and user_id = $3',
  ),
  contact: statement(
    'messaging.find-contact-read-state',
    `select contact_seen_at as read_at from messaging.conversations
      where workspace_id = $1 and id = $2 and contact_id = $3`,
  ),
} as const;
const SET = {
  user: statement(
    'messaging.set-read-state',
    `insert into messaging.read_states (workspace_id, conversation_id, user_id, read_at) values ($1, $2, $3, $4)
     on conflict (conversation_id, user_id) do update set read_at = excluded.read_at`,
  ),
  contact: statement(
    'messaging.set-contact-read-state',
    'update messaging.conversations set contact_seen_at = $4 where workspace_id = $1 and id = $2 and contact_id = $3',
  ),
} as const;
const COUNT = {
  user: statement(
    'messaging.count-unread-of-user',
    `select count(*) as n from messaging.messages where workspace_id = $1 and conversation_id = $2
      and created_at > coalesce($4::timestamptz, '-infinity')
       and type in ('comment', 'reply', 'note') and deleted_at is null and author_id is distinct from $3`,
  ),
  contact: statement(
    'messaging.count-unread-of-contact',
    `select count(*) as n from messaging.messages where workspace_id = $1 and conversation_id = $2
      and created_at > coalesce($4::timestamptz, '-infinity')
       and type = 'reply' and deleted_at is null and author_id is distinct from $3`,
  ),
} as const;
const NEWEST_FROM_OTHERS = {
  user: statement(
    'messaging.find-newest-from-others-to-user',
    `select created_at from messaging.messages where workspace_id = $1 and conversation_id = $2
      and type in ('comment', 'reply', 'note') and author_id is distinct from $3
     order by created_at desc, id desc limit 1`,
  ),
  contact: statement(
    'messaging.find-newest-from-others-to-contact',
    `select created_at from messaging.messages where workspace_id = $1 and conversation_id = $2 and type = 'reply'
      and author_id is distinct from $3
     order by created_at desc, id desc limit 1`,
  ),
} as const;
const MARK_REPLIES_READ = statement(
  'messaging.mark-replies-read',
  `update messaging.messages set status = 'read', updated_at = $4
   where workspace_id = $1 and conversation_id = $2 and created_at <= $3 and type = 'reply'
     and status in ('sent', 'delivered')`,
);

// Reading only decreases the unread count; marking as unread only increases it.
const updateUnreadCountSql = (name: string, operator: '<' | '>') =>
  statement(
    name,
    `update messaging.conversations c set unread_count = since.comments, updated_at = $4
   from (select count(*)::int as comments from messaging.messages
     where workspace_id = $1 and conversation_id = $2 and created_at > $3 and type = 'comment'
     and deleted_at is null) since
   where c.workspace_id = $1 and c.id = $2 and since.comments ${operator} c.unread_count`,
  );
const UPDATE_UNREAD_COUNT = {
  read: updateUnreadCountSql('messaging.decrease-unread-count', '<'),
  unread: updateUnreadCountSql('messaging.increase-unread-count', '>'),
} as const;

const UNREAD = `c.last_customer_message_at > coalesce((select r.read_at from messaging.read_states r
  where r.conversation_id = c.id and r.user_id = $2), '-infinity')`;
const cappedCount = (rows: string): string => `(select count(*) from (${rows} limit ${MAX_COUNTED}) found)`;
const unreadConversationsSql = (access: string): string => `select 1 from messaging.conversations c
  where c.workspace_id = $1 ${access} and c.status in ('open', 'pending') and ${UNREAD}`;
const unreadMentionsSql = (access: string): string => `select 1 from messaging.messages m
  where m.workspace_id = $1 ${access} and m.mentions <> '{}' and m.mentions && array[$2::uuid] and m.deleted_at is null
    and m.author_id is distinct from $2
    and m.created_at > coalesce((select r.read_at from messaging.read_states r
      where r.conversation_id = m.conversation_id and r.user_id = $2), '-infinity')`;
const countsSql = (conversationAccess: string, mentionAccess: string): string =>
  `select ${cappedCount(`${unreadConversationsSql(conversationAccess)} and c.assignee_id = $2`)} as assigned,
     ${cappedCount(`${unreadConversationsSql(conversationAccess)} and c.assignee_id is null`)} as unassigned,
     ${cappedCount(unreadMentionsSql(mentionAccess))} as mentions`;
const COUNTS: AccessStatement = {
  all: statement('messaging.get-unread-counts', countsSql('', '')),
  limited: statement(
    'messaging.get-unread-counts-within-access',
    countsSql(`and ${inboxAccessSql('c', '$3')}`, `and ${accessByConversationIdSql('m.conversation_id', '$3')}`),
  ),
};

/** Rows of `messaging.read_states`, and the read position of contacts. */
@Injectable()
export class ReadStateRepository {
  constructor(private readonly database: Database) {}

  /** Returns the time up to which the reader has read the conversation, or null. */
  async findReadAt(workspaceId: string, conversationId: string, { kind, id }: Reader): Promise<string | null> {
    return (
      (await this.database.row<{ read_at: string | null }>(FIND[kind], [workspaceId, conversationId, id]))?.read_at ??
      null
    );
  }

  async setReadAt(workspaceId: string, conversationId: string, { kind, id }: Reader, readAt: string): Promise<void> {
    await this.database.execute(SET[kind], [workspaceId, conversationId, id, readAt]);
  }

  /**
   * Sets the unread count of the conversation to the number of customer messages after a time. `read` only decreases
   * the count, `unread` only increases it. Returns true if the count changed.
   */
  async updateUnreadCount(
    workspaceId: string,
    conversationId: string,
    direction: 'read' | 'unread',
    readAt: string,
    now: string,
  ): Promise<boolean> {
    return (
      (await this.database.execute(UPDATE_UNREAD_COUNT[direction], [workspaceId, conversationId, readAt, now])) > 0
    );
  }

  /** Counts the messages from others to the reader after a time. */
  async countSince(
    workspaceId: string,
    conversationId: string,
    { kind, id }: Reader,
    readAt: string | null,
  ): Promise<number> {
    return (await this.database.row<{ n: number }>(COUNT[kind], [workspaceId, conversationId, id, readAt]))!.n;
  }

  /** Returns the time of the newest message from others to the reader, or null. */
  async findNewestFromOthers(
    workspaceId: string,
    conversationId: string,
    { kind, id }: Reader,
  ): Promise<string | null> {
    return (
      (await this.database.row<{ created_at: string }>(NEWEST_FROM_OTHERS[kind], [workspaceId, conversationId, id]))
        ?.created_at ?? null
    );
  }

  /** Sets the status of all replies up to a time to `read`. */
  async markRepliesRead(workspaceId: string, conversationId: string, readAt: string, now: string): Promise<void> {
    await this.database.execute(MARK_REPLIES_READ, [workspaceId, conversationId, readAt, now]);
  }

  async getUnreadCounts(workspaceId: string, userId: string): Promise<UnreadCounts> {
    return withSystemScope(
      async () =>
        (await this.database.row<UnreadCounts & Record<string, number>>(
          ...limitToAccess(COUNTS, [workspaceId, userId]),
        ))!,
    );
  }
}
