import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { ConversationState } from './conversation.view.js';

/**
 * Common table expressions of the comments without a later reply by a user, for the workspace `$1` and the conversation
 * `$2`. `unanswered` has the time of the oldest one, and the number of those that no user has read. Deleted comments do
 * not count.
 */
export const UNANSWERED_CTES = `last_reply as (
     select created_at, id from messaging.messages where workspace_id = $1 and conversation_id = $2 and type = 'reply'
       and author_type = 'user' order by created_at desc, id desc limit 1
   ), unanswered as (
     select min(m.created_at) as since,
       count(*) filter (where m.created_at > coalesce((select max(r.read_at) from messaging.read_states r
         where r.workspace_id = $1 and r.conversation_id = $2), '-infinity')) as unread
     from messaging.messages m left join last_reply on true
       where m.workspace_id = $1 and m.conversation_id = $2 and m.type = 'comment' and m.deleted_at is null
       and (last_reply.id is null or (m.created_at, m.id) > (last_reply.created_at, last_reply.id))
   )`;

const FIND_UNANSWERED = statement(
  'messaging.find-unanswered-comments',
  `with ${UNANSWERED_CTES} select since, unread::int from unanswered`,
);
// The unread comments are the newest ones, so a comment was unread if fewer comments than the unread count follow it.
const REMOVE_COMMENT = statement(
  'messaging.remove-comment-from-counters',
  `update messaging.conversations c set updated_at = $5,
     unread_count = c.unread_count - case when later.comments < c.unread_count then 1 else 0 end,
     waiting_since = case when c.waiting_since is not null then (select min(m.created_at) from messaging.messages m
       where m.workspace_id = $1 and m.conversation_id = $2 and m.type = 'comment' and m.deleted_at is null
         and m.created_at >= c.waiting_since) end,
     last_customer_message_at = (select max(m.created_at) from messaging.messages m
       where m.workspace_id = $1 and m.conversation_id = $2 and m.type = 'comment' and m.deleted_at is null)
   from (select count(*) as comments from messaging.messages m
     where m.workspace_id = $1 and m.conversation_id = $2 and m.type = 'comment' and m.deleted_at is null
       and (m.created_at, m.id) > ($3, $4)) later
   where c.workspace_id = $1 and c.id = $2`,
);

/** Counters of conversations that follow from their messages. */
@Injectable()
export class ConversationCountersRepository {
  constructor(private readonly database: Database) {}

  /** Returns the wait and the unread count that follow from the comments without a later reply by a user. */
  async findUnanswered(
    workspaceId: string,
    conversationId: string,
  ): Promise<Pick<ConversationState, 'waitingSince' | 'unreadCount'>> {
    const row = await this.database.row<{ since: string | null; unread: number }>(FIND_UNANSWERED, [
      workspaceId,
      conversationId,
    ]);
    return { waitingSince: row!.since, unreadCount: row!.unread };
  }

  /** Removes a deleted comment from the counters. The caller must hold a lock on the conversation. */
  async removeComment(
    workspaceId: string,
    { id, conversationId, createdAt }: { id: string; conversationId: string; createdAt: string },
    now: string,
  ): Promise<void> {
    await this.database.execute(REMOVE_COMMENT, [workspaceId, conversationId, createdAt, id, now]);
  }
}
